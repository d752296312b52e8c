using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Cards;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Reviews;

/// <summary>What waits for review, and the decisions: approved courses are in the catalogue and in the search index with the same commit.</summary>
internal sealed class ReviewDesk(ClassroomDb db, CourseLoader loader, CourseCards cards, ICourseIndex index, TimeProvider time)
{
    private const int MostShown = 100;
    private const int LongestReason = 2000;

    public async Task<Reply<ReviewQueue>> QueueAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!CourseRights.IsReviewer(caller))
        {
            return Problems.NoRight;
        }

        var waiting = db.MicroCourses
            .Where(course => course.State == CourseState.InReview && course.AuthorAccountId != caller.AccountId && course.Lesson!.TeacherAccountId != caller.AccountId)
            .OrderByDescending(course => course.UpdatedAt).ThenByDescending(course => course.Id).Take(MostShown);
        var done = db.MicroCourses
            .Where(course => course.State != CourseState.InReview && db.CourseReviews.Any(review => review.MicroCourseId == course.Id && review.ReviewerAccountId == caller.AccountId))
            .OrderByDescending(course => course.UpdatedAt).ThenByDescending(course => course.Id).Take(MostShown);
        return new ReviewQueue(await cards.ReadAsync(waiting, cancellationToken), await cards.ReadAsync(done, cancellationToken));
    }

    public async Task<Reply<CourseMoved>> DecideAsync(string id, ReviewRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var reason = request.Reason?.Trim() ?? "";
        if (reason.Length > LongestReason || (request.Decision == ReviewDecision.Returned && reason.Length == 0))
        {
            return Problems.Invalid([new ApiProblemField("reason", $"Say in 1 to {LongestReason} characters what has to change.")]);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await loader.LoadAsync(id, caller, (reviewer, _) => CourseRights.IsReviewer(reviewer), cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        if (CourseRights.IsOwn(caller, course))
        {
            return Problems.OwnCourse;
        }

        var @event = request.Decision == ReviewDecision.Approved ? CourseEvent.Approve : CourseEvent.Return;
        if (CourseFlow.Next(course.State, @event) is not { } next || !await MoveAsync(course, next, cancellationToken))
        {
            return Problems.NotNow(course.State);
        }

        db.CourseReviews.Add(new CourseReview { MicroCourseId = id, ReviewerAccountId = caller.AccountId, Decision = request.Decision, Reason = reason, At = Now });
        await db.SaveChangesAsync(cancellationToken);
        if (next == CourseState.Published)
        {
            await index.RefreshAsync(db, row => row.Id == id, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new CourseMoved(next);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>False when another reviewer was first.</summary>
    private async Task<bool> MoveAsync(MicroCourse course, CourseState next, CancellationToken cancellationToken)
    {
        var (now, published) = (Now, next == CourseState.Published ? Now : course.PublishedAt);
        return await db.MicroCourses.Where(row => row.Id == course.Id && row.State == course.State).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, next)
                .SetProperty(row => row.UpdatedAt, now)
                .SetProperty(row => row.PublishedAt, published),
            cancellationToken) == 1;
    }
}
