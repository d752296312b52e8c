using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Inbox;

/// <summary>Tells people under the bell what waits for them and what happened to what is theirs. A part of the caller's transaction.</summary>
internal sealed class Notifications(ClassroomDb db, CatalogueTrees trees, TimeProvider time)
{
    private const int MostShown = 50;
    private const int MostReviewers = 200;

    public async Task<NotificationList> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var mine = db.Notifications.Where(row => row.AccountId == caller.AccountId);
        var shown = await mine.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(MostShown)
            .Select(row => new NotificationInfo(row.Id, row.Kind, row.CourseId, row.Title, row.Words, row.At, row.IsRead)).ToArrayAsync(cancellationToken);
        return new NotificationList(await mine.CountAsync(row => !row.IsRead, cancellationToken), shown);
    }

    public Task ReadAllAsync(Caller caller, CancellationToken cancellationToken) => db.Notifications
        .Where(row => row.AccountId == caller.AccountId && !row.IsRead).ExecuteUpdateAsync(set => set.SetProperty(row => row.IsRead, true), cancellationToken);

    /// <summary>Everybody who may decide on this level, but for the author and the teacher.</summary>
    public async Task WaitsAsync(MicroCourse course, ReviewLevel level, CancellationToken cancellationToken)
    {
        var tree = await trees.GetAsync(db, cancellationToken);
        var regionId = await db.Schools.Where(school => school.Id == course.SchoolId).Select(school => school.RegionId).FirstOrDefaultAsync(cancellationToken);
        var reviewers = await db.Accounts.AsNoTracking()
            .Where(account => account.Role == AccountRole.Reviewer && !account.IsDisabled)
            .Where(account => account.RegionId == null || account.RegionId == regionId)
            .Where(account => account.RegionId != null || account.SchoolId == null || account.SchoolId == course.SchoolId)
            .OrderBy(account => account.Id).Take(MostReviewers).ToListAsync(cancellationToken);
        var subject = tree.PlaceOf(course.NodeId).Subject ?? course.Lesson?.Subject;
        var who = reviewers.Where(account => ReviewScope.Of(account) is var scope && scope.Levels.Contains(level) && scope.CoversSubject(subject)).Select(account => account.Id)
            .Except([course.AuthorAccountId, course.Lesson?.TeacherAccountId ?? ""], StringComparer.Ordinal);
        await TellAsync(who, NotificationKind.ReviewWaits, course, "", cancellationToken);
    }

    public Task DecidedAsync(MicroCourse course, ReviewDecision decision, CourseState next, string reason, CancellationToken cancellationToken) => TellAsync(
        Notification.OwnersOf(course),
        decision == ReviewDecision.Returned ? NotificationKind.CourseReturned
            : next == CourseState.Published && course.State != CourseState.Published ? NotificationKind.CoursePublished : NotificationKind.CourseApproved,
        course, reason, cancellationToken);

    /// <summary>The other side: authors hear of reviewers, those who have commented before hear of authors.</summary>
    public async Task CommentedAsync(MicroCourse course, Caller caller, string text, CancellationToken cancellationToken)
    {
        var others = await db.CourseComments.Where(comment => comment.MicroCourseId == course.Id).Select(comment => comment.AccountId).Distinct().Take(MostReviewers).ToListAsync(cancellationToken);
        await TellAsync(Notification.OwnersOf(course).Concat(others).Distinct(StringComparer.Ordinal).Where(id => id != caller.AccountId), NotificationKind.CourseCommented, course, text, cancellationToken);
    }

    public async Task AwardedAsync(string courseId, string activity, CancellationToken cancellationToken)
    {
        var course = await db.MicroCourses.AsNoTracking().Include(row => row.Lesson).FirstAsync(row => row.Id == courseId, cancellationToken);
        await TellAsync(Notification.OwnersOf(course), NotificationKind.CourseAwarded, course, activity, cancellationToken);
    }

    private async Task TellAsync(IEnumerable<string> accountIds, NotificationKind kind, MicroCourse course, string words, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        db.Notifications.AddRange(accountIds.Select(id => Notification.For(id, kind, course, words, now)));
        await db.SaveChangesAsync(cancellationToken);
    }
}
