using System.Security.Claims;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Recorder.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Recorder.Retention;

/// <summary>Keeping and deleting: for administrators, and for authors what they made.</summary>
internal static class RetentionEndpoints
{
    private static ApiProblem NoRecording => ApiProblem.NotFound("recording_not_found", "There is no such recording.");

    public static void Map(IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("/admin").AddEndpointFilter(AdministratorsOnly);
        var retention = admin.MapGroup("/retention");
        retention.MapGet("/rules", (RetentionDesk desk, CancellationToken cancellationToken) => desk.RulesAsync(cancellationToken));
        retention.MapPut("/rules/{kind}", ChangeAsync);
        retention.MapGet("/due", (RetentionDesk desk, CancellationToken cancellationToken) => desk.DueAsync(cancellationToken));
        retention.MapGet("/holds", (RetentionDesk desk, CancellationToken cancellationToken) => desk.HoldsAsync(cancellationToken));
        retention.MapGet("/deletions", (RetentionDesk desk, CancellationToken cancellationToken) => desk.DeletionsAsync(cancellationToken));
        retention.MapGet("/storage", (StorageReader reader, CancellationToken cancellationToken) => reader.ReadAsync(cancellationToken));
        var recording = admin.MapGroup("/recordings/{lessonId}");
        recording.MapGet("/keeping", async (string lessonId, RetentionDesk desk, CancellationToken cancellationToken) =>
            await desk.KeepingAsync(lessonId, cancellationToken) is { } keeping ? Results.Ok(keeping) : NoRecording);
        recording.MapPost("/hold", async (string lessonId, ReasonGiven given, ClaimsPrincipal user, RetentionDesk desk, CancellationToken cancellationToken) =>
            DeletionReason.Of(given) is { } reason ? Done(await desk.HoldAsync(lessonId, reason, Caller.From(user)!, cancellationToken)) : DeletionReason.Missing);
        recording.MapPost("/release", async (string lessonId, ClaimsPrincipal user, RetentionDesk desk, CancellationToken cancellationToken) =>
            Done(await desk.ReleaseAsync(lessonId, Caller.From(user)!, cancellationToken)));
        recording.MapPost("/delete", DeleteAsync);
        MapCourse(api.MapGroup("/courses/{id}"));
    }

    /// <summary>For its author, and for administrators.</summary>
    private static void MapCourse(RouteGroupBuilder course)
    {
        course.MapGet("/deletion", async (string id, ClaimsPrincipal user, CourseDeletionDesk desk, CancellationToken cancellationToken) =>
            await desk.PreviewAsync(id, Caller.From(user)!, cancellationToken) is { } preview ? Results.Ok(preview) : CourseDeletionDesk.NotFound);
        course.MapPost("/delete", async (string id, ReasonGiven given, ClaimsPrincipal user, CourseDeletionDesk desk, CancellationToken cancellationToken) =>
            await desk.DeleteAsync(id, DeletionReason.Of(given), Caller.From(user)!, cancellationToken) is { } problem ? problem : Results.NoContent());
    }

    private static async ValueTask<object?> AdministratorsOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Caller.From(context.HttpContext.User) is { } caller && caller.Is(AccountRole.Administrator)
            ? await next(context)
            : ApiProblem.Forbidden("no_right", "Your account has no right to do this.");

    private static async Task<IResult> ChangeAsync(string kind, RetentionRuleChange change, ClaimsPrincipal user, RetentionDesk desk, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<RetentionKind>(kind, out var known) || !Enum.IsDefined(known))
        {
            return ApiProblem.NotFound("not_found", "There is no such kind.");
        }

        return await desk.ChangeAsync(known, change.Days, Caller.From(user)!, cancellationToken) is { } problem
            ? problem
            : Results.Ok(await desk.RulesAsync(cancellationToken));
    }

    private static async Task<IResult> DeleteAsync(string lessonId, ReasonGiven given, ClaimsPrincipal user, DeletionOrders orders, CancellationToken cancellationToken)
    {
        if (DeletionReason.Of(given) is not { } reason)
        {
            return DeletionReason.Missing;
        }

        return await orders.RecordingAsync(lessonId, DeletionOrder.ByPerson(Caller.From(user)!.AccountId, reason), cancellationToken) switch
        {
            DeletionOutcome.Ordered => Results.NoContent(),
            DeletionOutcome.Held => ApiProblem.Conflict("recording_held", "The recording is under a hold. End the hold first."),
            DeletionOutcome.Busy => ApiProblem.Conflict("recording_busy", "The recording, or a film of it, is still being worked on. Try again when that is done."),
            _ => NoRecording,
        };
    }

    private static IResult Done(bool isDone) => isDone ? Results.NoContent() : NoRecording;
}
