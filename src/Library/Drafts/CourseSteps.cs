using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Classroom.Library.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Drafts;

/// <summary>The steps an author takes with a draft: render, submit for review, withdraw.</summary>
internal sealed class CourseSteps(ClassroomDb db, CourseLoader loader, JobQueue jobs, ICourseIndex index, Notifications inbox, TimeProvider time)
{
    private const int SomebodyWaits = 10;

    /// <summary>Queues the making of the film. Asking again while it is being made gives the same job.</summary>
    public async Task<Reply<RenderStarted>> RenderAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        if (await JobQueue.FindActiveAsync(db, JobKinds.RenderCourse, id, cancellationToken) is { } active)
        {
            return new RenderStarted(active.Id);
        }

        if (EditList.Parse(course.EditJson).Clips.Count == 0)
        {
            return Problems.Invalid([new ApiProblemField("edit.clips", "Choose at least one clip.")]);
        }

        var from = course.State;
        if (CourseFlow.Next(from, CourseEvent.Render) is null)
        {
            return Problems.NotNow(from);
        }

        if (!await MoveAsync(id, from, CourseState.Rendering, cancellationToken))
        {
            return Problems.EditConflict;
        }

        var job = jobs.NewJob(JobKinds.RenderCourse, id, priority: SomebodyWaits);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        jobs.Announce();
        return new RenderStarted(job.Id);
    }

    public async Task<Reply<CourseMoved>> SubmitAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        if (course.State is CourseState.InReview)
        {
            return new CourseMoved(course.State);
        }

        if (Missing(course) is { Count: > 0 } missing && course.State is not (CourseState.Rendering or CourseState.Published))
        {
            return Problems.NotReadyForReview(missing);
        }

        var moved = await StepAsync(course, CourseEvent.Submit, cancellationToken);
        if (moved.Problem is null)
        {
            await WaitAsync(course, ReviewLevel.School, cancellationToken);
            await inbox.WaitsAsync(course, ReviewLevel.School, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return moved;
    }

    /// <summary>Takes it out of review or out of the catalogue.</summary>
    public async Task<Reply<CourseMoved>> WithdrawAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        var moved = await StepAsync(course, CourseEvent.Withdraw, cancellationToken);
        if (moved.Problem is null)
        {
            await WaitAsync(course, level: null, cancellationToken);
            if (course.State == CourseState.Published)
            {
                // What comes after it may show others: whether everybody may see that is decided anew.
                await db.MicroCourses.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.IsPublic, false), cancellationToken);
            }

            await index.RemoveAsync(db, id, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return moved;
    }

    private static List<ApiProblemField> Missing(MicroCourse course)
    {
        var missing = new List<ApiProblemField>();
        Require(course.Rendition is not null && CourseFlow.Next(course.State, CourseEvent.Submit) is not null, "rendition", "Make the film first.");
        Require(course.Title.Length > 0, "title", "Give it a title.");
        Require(course.NodeId is not null, "nodeId", "Choose a chapter.");
        Require(course.Points.Count > 0, "pointIds", "Choose at least one knowledge point.");
        return missing;

        void Require(bool there, string field, string message)
        {
            if (!there)
            {
                missing.Add(new ApiProblemField(field, message));
            }
        }
    }

    private async Task<Reply<CourseMoved>> StepAsync(MicroCourse course, CourseEvent @event, CancellationToken cancellationToken)
    {
        if (CourseFlow.Next(course.State, @event) is not { } next)
        {
            return Problems.NotNow(course.State);
        }

        return await MoveAsync(course.Id, course.State, next, cancellationToken) ? new CourseMoved(next) : Problems.EditConflict;
    }

    /// <summary>A new round begins: what an earlier one approved no longer counts.</summary>
    private Task<int> WaitAsync(MicroCourse course, ReviewLevel? level, CancellationToken cancellationToken) => db.MicroCourses.Where(row => row.Id == course.Id).ExecuteUpdateAsync(
        set => set.SetProperty(row => row.ReviewLevel, level).SetProperty(row => row.ApprovedLevel, (ReviewLevel?)null), cancellationToken);

    /// <summary>False when somebody else has moved it in the meantime.</summary>
    private async Task<bool> MoveAsync(string id, CourseState from, CourseState to, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await db.MicroCourses.Where(course => course.Id == id && course.State == from).ExecuteUpdateAsync(
            set => set.SetProperty(course => course.State, to).SetProperty(course => course.UpdatedAt, now), cancellationToken) == 1;
    }
}
