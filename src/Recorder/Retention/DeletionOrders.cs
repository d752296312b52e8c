using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Retention;

internal enum DeletionOutcome { Ordered, NotFound, Held, Busy }

/// <summary>Who or what wants something deleted, and why.</summary>
internal sealed record DeletionOrder(DeletionCause Cause, int? Days, string? AccountId, string Reason)
{
    public static DeletionOrder ByRule(int days) => new(DeletionCause.Rule, days, null, "");

    public static DeletionOrder ByPerson(string accountId, string reason) => new(DeletionCause.Person, null, accountId, reason);
}

/// <summary>
/// The first half of a deletion, in one transaction: the rows go, the deletion record comes, and with it the job that deletes the
/// files (<see cref="DeleteMedia"/>). Nobody finds it from here on, and nothing begins to work on it.
/// </summary>
internal sealed class DeletionOrders(IClassroomDbFactory databases, JobQueue queue, TimeProvider time, ICourseIndex? index = null)
{
    /// <summary>Somebody waits to see it gone; rules take their turn behind everybody.</summary>
    private const int PersonPriority = 5;
    private const int RulePriority = -20;

    /// <summary>Deletes a lesson's recording. Micro-courses cut from it keep their own films.</summary>
    public Task<DeletionOutcome> RecordingAsync(string lessonId, DeletionOrder order, CancellationToken cancellationToken) => InOneAsync(async db =>
    {
        var recording = await db.Recordings.AsNoTracking().Include(row => row.Lesson).FirstOrDefaultAsync(row => row.LessonId == lessonId, cancellationToken);
        if (recording is null || recording.IsHeld)
        {
            return (recording is null ? DeletionOutcome.NotFound : DeletionOutcome.Held, null);
        }

        var cuts = db.MicroCourses.Where(course => course.LessonId == lessonId).Select(course => course.Id);
        if (recording.State is not (RecordingState.Ready or RecordingState.Failed)
            || await ActiveJobs(db).AnyAsync(job => job.SubjectId == lessonId || cuts.Contains(job.SubjectId), cancellationToken))
        {
            return (DeletionOutcome.Busy, null);
        }

        await db.RecordingTracks.Where(track => track.LessonId == lessonId).ExecuteDeleteAsync(cancellationToken);
        await db.RecordingGaps.Where(gap => gap.LessonId == lessonId).ExecuteDeleteAsync(cancellationToken);
        await db.Jobs.Where(job => job.SubjectId == lessonId).ExecuteDeleteAsync(cancellationToken);

        // The condition again: a hold that came in meanwhile wins.
        return await db.Recordings.Where(row => row.LessonId == lessonId && !row.IsHeld).ExecuteDeleteAsync(cancellationToken) == 1
            ? (DeletionOutcome.Ordered, Record(RetentionKinds.Of(recording.Lesson!.Kind), lessonId, recording.Lesson.Title, order))
            : (DeletionOutcome.Held, null);
    }, order, cancellationToken);

    /// <summary>Deletes a micro-course with its film, its package, its reviews, and what viewers left with it.</summary>
    /// <param name="seen">The state that allowed it; one that has moved on meanwhile is busy. Null: any.</param>
    public Task<DeletionOutcome> CourseAsync(string courseId, DeletionOrder order, CancellationToken cancellationToken, CourseState? seen = null) => InOneAsync(async db =>
    {
        await LockAsync(db, courseId, cancellationToken);
        var course = await db.MicroCourses.AsNoTracking().Include(row => row.Lesson).FirstOrDefaultAsync(row => row.Id == courseId, cancellationToken);
        if (course is null)
        {
            return (DeletionOutcome.NotFound, null);
        }

        if (await db.Recordings.AnyAsync(row => row.LessonId == course.LessonId && row.IsHeld, cancellationToken))
        {
            return (DeletionOutcome.Held, null);
        }

        if (CourseDeletion.IsWorked(course.State) || course.State != (seen ?? course.State) || await ActiveJobs(db).AnyAsync(job => job.SubjectId == courseId, cancellationToken))
        {
            return (DeletionOutcome.Busy, null);
        }

        await CourseRows.DeleteAsync(db, index, courseId, cancellationToken);
        var told = Notification.OwnersOf(course).Where(id => id != order.AccountId);
        db.Notifications.AddRange(told.Select(id => Notification.For(id, NotificationKind.CourseDeleted, course, order.Reason, time.GetUtcNow().UtcDateTime)));
        return (DeletionOutcome.Ordered, Record(RetentionKind.MicroCourse, courseId, course.Title, order));
    }, order, cancellationToken);

    /// <summary>Deletions whose files are still there are queued again: nothing that was ordered is forgotten.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        foreach (var id in await db.DeletionRecords.Where(record => record.DoneAt == null).Select(record => record.Id).ToListAsync(cancellationToken))
        {
            await queue.EnqueueAsync(JobKinds.DeleteMedia, id, priority: RulePriority, cancellationToken: cancellationToken);
        }
    }

    /// <summary>
    /// Nobody else changes the course or what it was cut from until the end of the transaction: a hold, a step of review or a render of the
    /// same moment either was first, and is seen, or comes after, and finds nothing.
    /// </summary>
    private static async Task LockAsync(ClassroomDb db, string courseId, CancellationToken cancellationToken)
    {
        var recording = db.Recordings.Where(row => db.MicroCourses.Any(course => course.Id == courseId && course.LessonId == row.LessonId));
        await recording.ExecuteUpdateAsync(set => set.SetProperty(row => row.IsHeld, row => row.IsHeld), cancellationToken);
        await db.MicroCourses.Where(row => row.Id == courseId).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, row => row.State), cancellationToken);
    }

    private async Task<DeletionOutcome> InOneAsync(Func<ClassroomDb, Task<(DeletionOutcome, DeletionRecord?)>> delete, DeletionOrder order, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (outcome, record) = await delete(db);
        if (record is null)
        {
            return outcome; // Nothing is committed.
        }

        db.DeletionRecords.Add(record);
        db.Jobs.Add(queue.NewJob(JobKinds.DeleteMedia, record.Id, priority: order.Cause is DeletionCause.Person ? PersonPriority : RulePriority));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        queue.Announce();
        return outcome;
    }

    private DeletionRecord Record(RetentionKind kind, string subjectId, string title, DeletionOrder order) => new()
    {
        Kind = kind,
        SubjectId = subjectId,
        Title = title,
        Cause = order.Cause,
        Days = order.Days,
        AccountId = order.AccountId,
        Reason = order.Reason,
        OrderedAt = time.GetUtcNow().UtcDateTime,
    };

    private static IQueryable<Job> ActiveJobs(ClassroomDb db) => db.Jobs.Where(job => job.State == JobState.Queued || job.State == JobState.Running);
}
