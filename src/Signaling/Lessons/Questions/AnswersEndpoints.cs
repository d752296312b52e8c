using System.Text;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Signaling.Lessons.Questions;

/// <summary>The answers of a lesson, for those who planned it. They are of children: each look is written down.</summary>
internal static class AnswersEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/lessons/{id}/answers", ReadAsync);
        app.MapGet("/api/lessons/{id}/answers.csv", ExportAsync);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, AnswersReader answers, ClassroomDb db, TimeProvider time, CancellationToken ct)
    {
        var (refused, lesson) = await OpenAsync(context, db, time);
        return refused is not null ? refused : Results.Ok(await answers.ReadAsync(lesson!, ct));
    }

    private static async Task<IResult> ExportAsync(string? lang, HttpContext context, AnswersReader answers, ClassroomDb db, TimeProvider time, CancellationToken ct)
    {
        var (refused, lesson) = await OpenAsync(context, db, time);
        if (refused is not null)
        {
            return refused;
        }

        var table = new AnswersTable(await answers.ReadAsync(lesson!, ct), AnswersTableWords.Of(lang));
        return Results.File(Encoding.UTF8.GetBytes(table.Write()), "text/csv; charset=utf-8", $"answers-{lesson!.PlannedStart:yyyy-MM-dd}.csv");
    }

    private static async Task<(ApiProblem? Refused, Lesson? Lesson)> OpenAsync(HttpContext context, ClassroomDb db, TimeProvider time)
    {
        var (refused, lesson) = await LessonDoor.PlannedByAsync(context);
        if (lesson is not null)
        {
            db.AccessLog.Add(new AccessLogEntry
            {
                At = time.GetUtcNow().UtcDateTime,
                AccountId = Caller.From(context.User)!.AccountId,
                ObjectKind = "answers",
                ObjectId = lesson.Id,
                Address = AttemptLimits.AddressOf(context),
            });
            await db.SaveChangesAsync(context.RequestAborted);
        }

        return (refused, lesson);
    }
}
