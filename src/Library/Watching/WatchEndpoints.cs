using System.Globalization;
using System.Security.Claims;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Watching;

internal static class WatchEndpoints
{
    private const int UsualDays = 30;

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder courses)
    {
        courses.MapPost("/{id}/watched", async (string id, WatchReport report, ClaimsPrincipal user, WatchLog log, CancellationToken ct) =>
            await log.ReportAsync(id, report, user.Caller(), ct) is { Problem: { } problem } ? (IResult)problem : Results.NoContent());
        courses.MapGet("/{id}/notes", (string id, ClaimsPrincipal user, CourseNotes notes, CancellationToken ct) => notes.ReadAsync(id, user.Caller(), ct));
        courses.MapPost("/{id}/notes", async (string id, NoteAdd request, ClaimsPrincipal user, CourseNotes notes, CancellationToken ct) =>
            (await notes.AddAsync(id, request, user.Caller(), ct)).ToResult());
        courses.MapDelete("/{id}/notes/{noteId}", async (string id, string noteId, ClaimsPrincipal user, CourseNotes notes, CancellationToken ct) =>
            (await notes.RemoveAsync(id, noteId, user.Caller(), ct)).ToResult());
        courses.MapGet("/{id}/statistics", async (string id, ClaimsPrincipal user, CourseStatisticsReader reader, CancellationToken ct) =>
            (await reader.ReadAsync(id, user.Caller(), ct)).ToResult());
        courses.MapGet("/{id}/statistics.csv", CourseTableAsync);
        api.MapGet("/statistics", async (DateOnly? from, DateOnly? to, ClaimsPrincipal user, SchoolStatisticsReader reader, TimeProvider time, CancellationToken ct) =>
            (await reader.ReadAsync(From(from, time), To(to, time), user.Caller(), ct)).ToResult());
        api.MapGet("/statistics.csv", TableAsync);
    }

    private static async Task<IResult> CourseTableAsync(string id, ClaimsPrincipal user, CourseStatisticsReader reader, CancellationToken cancellationToken)
    {
        var found = await reader.ReadAsync(id, user.Caller(), cancellationToken);
        if (found.Value is not { } statistics)
        {
            return found.Problem!;
        }

        string?[] head = ["percent of the film", "share of viewers"];
        var rows = statistics.Retention.Select((share, point) => new[] { Number(point), Number(Math.Round(share, 4)) });
        return CsvTable.File($"course-{id}.csv", rows.Prepend(head));
    }

    /// <param name="by">school (default), subject or day.</param>
    private static async Task<IResult> TableAsync(
        DateOnly? from, DateOnly? to, string? by, ClaimsPrincipal user, SchoolStatisticsReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await reader.ReadAsync(From(from, time), To(to, time), user.Caller(), cancellationToken);
        if (found.Value is not { } statistics)
        {
            return found.Problem!;
        }

        var sums = by == "subject" ? statistics.Subjects : statistics.Schools;
        var rows = by == "day"
            ? statistics.Days.Select(day => new[] { day.Day.ToString("O", CultureInfo.InvariantCulture), Number(day.Seconds / 60), Number(day.Viewers) })
                .Prepend(["day", "minutes", "people"])
            : sums.Select(row => new[] { row.Name, Number(row.Seconds / 60), Number(row.People), Number(row.Courses) }).Prepend(["name", "minutes", "people", "courses"]);
        return CsvTable.File($"learning-{by ?? "school"}.csv", rows);
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static DateOnly From(DateOnly? from, TimeProvider time) => from ?? To(to: null, time).AddDays(-UsualDays);

    private static DateOnly To(DateOnly? to, TimeProvider time) => to ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
