using System.Security.Claims;
using Classroom.Data;
using Classroom.Library.Cards;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Drafts;

internal static class DraftEndpoints
{
    private const int MostOfMine = 200;

    public static void Map(IEndpointRouteBuilder courses)
    {
        courses.MapGet("/mine", MineAsync);
        courses.MapPost("/", CreateAsync);
        courses.MapGet("/{id}/draft", async (string id, ClaimsPrincipal user, DraftReader reader, CancellationToken cancellationToken) =>
            (await reader.ReadAsync(id, user.Caller(), cancellationToken)).ToResult());
        courses.MapPut("/{id}", async (string id, CourseSave save, ClaimsPrincipal user, DraftSaver saver, CancellationToken cancellationToken) =>
            (await saver.SaveAsync(id, save, user.Caller(), cancellationToken)).ToResult());
        courses.MapPost("/{id}/render", async (string id, ClaimsPrincipal user, CourseSteps steps, CancellationToken cancellationToken) =>
            (await steps.RenderAsync(id, user.Caller(), cancellationToken)).ToResult());
        courses.MapPost("/{id}/submit", async (string id, ClaimsPrincipal user, CourseSteps steps, CancellationToken cancellationToken) =>
            (await steps.SubmitAsync(id, user.Caller(), cancellationToken)).ToResult());
        courses.MapPost("/{id}/withdraw", async (string id, ClaimsPrincipal user, CourseSteps steps, CancellationToken cancellationToken) =>
            (await steps.WithdrawAsync(id, user.Caller(), cancellationToken)).ToResult());
    }

    /// <summary>What I wrote, and what was cut from my lessons.</summary>
    private static async Task<MyCourse[]> MineAsync(ClaimsPrincipal user, ClassroomDb db, CourseCards cards, CancellationToken cancellationToken)
    {
        var caller = user.Caller();
        var me = caller.AccountId;
        var mine = db.MicroCourses.Where(course => course.AuthorAccountId == me || course.Lesson!.TeacherAccountId == me)
            .OrderByDescending(course => course.UpdatedAt).ThenByDescending(course => course.Id).Take(MostOfMine);
        var authors = await mine.Select(course => new { course.Id, course.AuthorAccountId }).ToDictionaryAsync(course => course.Id, course => course.AuthorAccountId, cancellationToken);
        var shown = await cards.ReadAsync(mine, cancellationToken);
        return [.. shown.Select(card => new MyCourse(card, authors.TryGetValue(card.Id, out var author) && CourseDeletion.MayDelete(caller, author, card.State)))];
    }

    private static async Task<IResult> CreateAsync(
        CourseCreate request, ClaimsPrincipal user, CourseCutter cutter, DraftReader reader, CancellationToken cancellationToken)
    {
        var cut = await cutter.CutAsync(request, user.Caller(), cancellationToken);
        return cut.Value is { } course
            ? Results.Created($"/api/courses/{course.Id}/draft", await reader.ReadAsync(course, cancellationToken))
            : cut.Problem!;
    }
}
