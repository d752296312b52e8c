using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Cards;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Classroom.Library.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Reviews;

/// <summary>
/// What waits for review, and the decisions. The last level that is asked for publishes: approved courses are in the catalogue and in the
/// search index with the same commit. Published courses may be put forward for a higher level, and stay published whatever it says.
/// </summary>
internal sealed class ReviewDesk(
    ClassroomDb db, CourseLoader loader, CourseCards cards, CatalogueTrees trees, ICourseIndex index, Notifications inbox, IOptions<LibraryOptions> options, TimeProvider time)
{
    private const int MostShown = 100;
    private const int MostLooked = 1000;
    private const int LongestReason = 2000;

    public async Task<Reply<ReviewQueue>> QueueAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await ReviewScope.OfAsync(db, caller, cancellationToken) is not { } scope)
        {
            return Problems.NoRight;
        }

        var tree = await trees.GetAsync(db, cancellationToken);
        var found = await Waiting(caller, scope).OrderByDescending(course => course.UpdatedAt).ThenByDescending(course => course.Id).Take(MostLooked)
            .Select(course => new { course.Id, course.NodeId, course.Lesson!.Subject, Level = course.ReviewLevel ?? ReviewLevel.School })
            .ToListAsync(cancellationToken);
        var mine = found.Where(course => scope.CoversSubject(tree.PlaceOf(course.NodeId).Subject ?? course.Subject)).Take(MostShown).ToDictionary(course => course.Id, course => course.Level);
        var waiting = await cards.ReadAsync(db.MicroCourses.Where(course => EF.Parameter(mine.Keys.ToList()).Contains(course.Id)).OrderByDescending(course => course.UpdatedAt).ThenByDescending(course => course.Id), cancellationToken);
        var done = db.MicroCourses
            .Where(course => course.ReviewLevel == null && course.State != CourseState.InReview && db.CourseReviews.Any(review => review.MicroCourseId == course.Id && review.ReviewerAccountId == caller.AccountId))
            .OrderByDescending(course => course.UpdatedAt).ThenByDescending(course => course.Id).Take(MostShown);
        return new ReviewQueue(
            [.. waiting.Select(card => new WaitingCourse(card, mine[card.Id]))], await cards.ReadAsync(done, cancellationToken), scope.Level, options.Value.ReviewLevels);
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

        if (await RefusalAsync(course, caller, cancellationToken) is { } refused)
        {
            return refused;
        }

        var level = LevelOf(course)!.Value;
        var step = ReviewSteps.Next(course, level, request.Decision, options.Value.ReviewLevels);
        if (!await MoveAsync(course, step, cancellationToken))
        {
            return Problems.NotNow(course.State);
        }

        db.CourseReviews.Add(new CourseReview { MicroCourseId = id, ReviewerAccountId = caller.AccountId, Level = level, Decision = request.Decision, Reason = reason, At = Now });
        await db.SaveChangesAsync(cancellationToken);
        if (step.State == CourseState.Published)
        {
            await index.RefreshAsync(db, row => row.Id == id, cancellationToken);
        }

        await inbox.DecidedAsync(course, request.Decision, step.State, reason, cancellationToken);
        if (step.ReviewLevel is { } next)
        {
            await inbox.WaitsAsync(course, next, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new CourseMoved(step.State);
    }

    /// <summary>Puts a published course forward for the next level.</summary>
    public async Task<Reply<CourseMoved>> NominateAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await loader.LoadAsync(id, caller, (one, row) => CourseRights.MayEdit(one, row) || CourseRights.IsReviewer(one), cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        if (course.State != CourseState.Published || course.ReviewLevel is not null || course.ApprovedLevel == ReviewLevel.City)
        {
            return Problems.NotNominated;
        }

        var next = course.ApprovedLevel is { } approved ? approved + 1 : ReviewLevel.District;
        var changed = await db.MicroCourses.Where(row => row.Id == id && row.State == CourseState.Published && row.ReviewLevel == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReviewLevel, next), cancellationToken);
        if (changed == 1)
        {
            await inbox.WaitsAsync(course, next, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new CourseMoved(course.State);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static ReviewLevel? LevelOf(MicroCourse course) => course.ReviewLevel ?? (course.State == CourseState.InReview ? ReviewLevel.School : null);

    private IQueryable<MicroCourse> Waiting(Caller caller, ReviewScope scope)
    {
        var levels = scope.Levels;
        return db.MicroCourses
            .Where(course => course.State == CourseState.InReview || (course.State == CourseState.Published && course.ReviewLevel != null))
            .Where(course => levels.Contains(course.ReviewLevel ?? ReviewLevel.School))
            .Where(course => course.AuthorAccountId != caller.AccountId && course.Lesson!.TeacherAccountId != caller.AccountId)
            .Where(course => scope.SchoolId == null || course.SchoolId == scope.SchoolId)
            .Where(course => scope.RegionId == null || course.School!.RegionId == scope.RegionId);
    }

    private async Task<ApiProblem?> RefusalAsync(MicroCourse course, Caller caller, CancellationToken cancellationToken)
    {
        if (CourseRights.IsOwn(caller, course))
        {
            return Problems.OwnCourse;
        }

        if (LevelOf(course) is not { } level)
        {
            return Problems.NotNow(course.State);
        }

        var scope = await ReviewScope.OfAsync(db, caller, cancellationToken);
        return scope?.Levels.Contains(level) == true && scope.Covers(course, await trees.GetAsync(db, cancellationToken)) ? null : Problems.OutOfScope;
    }

    /// <summary>False when another reviewer was first.</summary>
    private async Task<bool> MoveAsync(MicroCourse course, ReviewStep step, CancellationToken cancellationToken)
    {
        var (now, published) = (Now, step.State == CourseState.Published ? course.PublishedAt ?? Now : course.PublishedAt);
        published = course.State == CourseState.InReview && step.State == CourseState.Published ? now : published;
        return await db.MicroCourses.Where(row => row.Id == course.Id && row.State == course.State && row.ReviewLevel == course.ReviewLevel).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, step.State)
                .SetProperty(row => row.ReviewLevel, step.ReviewLevel)
                .SetProperty(row => row.ApprovedLevel, step.ApprovedLevel)
                .SetProperty(row => row.UpdatedAt, now)
                .SetProperty(row => row.PublishedAt, published),
            cancellationToken) == 1;
    }
}
