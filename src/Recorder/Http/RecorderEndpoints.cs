using System.Security.Claims;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Recorder.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Http;

/// <summary>Recordings and jobs. Everything needs a signed-in account.</summary>
internal static class RecorderEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/recordings", async (ClaimsPrincipal user, RecordingReader reader, CancellationToken cancellationToken) =>
            Caller.From(user) is { } caller ? Results.Ok(await reader.ListAsync(caller, cancellationToken)) : Results.Unauthorized());
        api.MapGet("/recordings/{lessonId}", OpenAsync);
        api.MapGet("/jobs/{id}", GetJobAsync);
        api.MapPost("/jobs/{id}/cancel", (string id, ClaimsPrincipal user, ClassroomDb db, JobQueue queue, CancellationToken cancellationToken) =>
            SteerAsync(id, user, db, cancel => queue.CancelAsync(id, cancel), cancellationToken));
        api.MapPost("/jobs/{id}/retry", (string id, ClaimsPrincipal user, ClassroomDb db, JobQueue queue, CancellationToken cancellationToken) =>
            SteerAsync(id, user, db, cancel => queue.RetryAsync(id, cancel), cancellationToken));
    }

    private static async Task<IResult> OpenAsync(string lessonId, HttpContext http, RecordingReader reader, CancellationToken cancellationToken)
    {
        var detail = Caller.From(http.User) is { } caller
            ? await reader.OpenAsync(caller, lessonId, http.Connection.RemoteIpAddress?.ToString(), cancellationToken)
            : null;
        return detail is null ? ApiProblem.NotFound("recording_not_found", "There is no such recording, or it is not open to you.") : Results.Ok(detail);
    }

    private static async Task<IResult> GetJobAsync(string id, ClaimsPrincipal user, ClassroomDb db, CancellationToken cancellationToken) =>
        await FindAsync(id, user, db, cancellationToken) is { } job ? Results.Ok(Info(job)) : NotFound();

    private static async Task<IResult> SteerAsync(string id, ClaimsPrincipal user, ClassroomDb db, Func<CancellationToken, Task<bool>> change, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, user, db, cancellationToken) is null)
        {
            return NotFound();
        }

        return await change(cancellationToken)
            ? Results.Ok(Info(await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == id, cancellationToken)))
            : ApiProblem.Conflict("job_state", "The job is not in a state in which this can be done.");
    }

    /// <summary>The job, if it works on something that is the caller's business.</summary>
    private static async Task<Job?> FindAsync(string id, ClaimsPrincipal user, ClassroomDb db, CancellationToken cancellationToken)
    {
        if (Caller.From(user) is not { } caller || await db.Jobs.AsNoTracking().FirstOrDefaultAsync(job => job.Id == id, cancellationToken) is not { } job)
        {
            return null;
        }

        var mayFind = job.Kind is JobKinds.RenderCourse or JobKinds.ExportCourse or JobKinds.RecogniseCourse
            ? await db.MicroCourses.AsNoTracking().Include(course => course.Lesson).FirstOrDefaultAsync(course => course.Id == job.SubjectId, cancellationToken) is { } course
                && RecordingRights.MaySteerCourse(caller, course)
            : RecordingRights.MaySee(caller) is { } visible && await db.Recordings.Where(visible).AnyAsync(row => row.LessonId == job.SubjectId, cancellationToken);
        return mayFind ? job : null;
    }

    internal static JobInfo Info(Job job) =>
        new(job.Id, job.Kind, job.SubjectId, job.State, job.Progress, job.SecondsLeft, job.Step, job.Error, job.ErrorCode, job.Attempts);

    private static ApiProblem NotFound() => ApiProblem.NotFound("job_not_found", "There is no such job, or it is not yours.");
}
