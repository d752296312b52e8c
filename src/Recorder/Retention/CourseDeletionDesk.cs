using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Recorder.Contracts;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Retention;

/// <summary>Deletes one micro-course by hand, and says before what will go.</summary>
internal sealed class CourseDeletionDesk(ClassroomDb db, IObjectStore store, DeletionOrders orders)
{
    public static ApiProblem NotFound => ApiProblem.NotFound("course_not_found", "This micro-course does not exist.");

    private static ApiProblem Busy => ApiProblem.Conflict("course_busy", "This micro-course is being made or reviewed. Wait, or take it out of review first.");

    /// <summary>Null: there is none that the caller could delete.</summary>
    public async Task<CourseDeletionPreview?> PreviewAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, cancellationToken) is not { } course)
        {
            return null;
        }

        var watches = db.CourseWatches.Where(watch => watch.MicroCourseId == id);
        return new CourseDeletionPreview(
            course.Title,
            course.State,
            course.RenditionId is not null,
            await BytesAsync(id, cancellationToken),
            await db.CourseFiles.CountAsync(file => file.MicroCourseId == id, cancellationToken),
            await watches.CountAsync(watch => watch.WatchedSeconds > 0, cancellationToken),
            await watches.SumAsync(watch => (long)watch.WatchedSeconds, cancellationToken),
            await db.CourseComments.CountAsync(comment => comment.MicroCourseId == id, cancellationToken),
            await db.CourseReviews.CountAsync(review => review.MicroCourseId == id, cancellationToken),
            await db.Recordings.AnyAsync(recording => recording.LessonId == course.LessonId && recording.IsHeld, cancellationToken),
            AsksWhy(caller, course));
    }

    /// <param name="reason">May be empty from the author.</param>
    /// <returns>Why it is refused; null: it is gone, and its files are going.</returns>
    public async Task<ApiProblem?> DeleteAsync(string id, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, cancellationToken) is not { } course)
        {
            return NotFound;
        }

        if (AsksWhy(caller, course) && string.IsNullOrEmpty(reason))
        {
            return DeletionReason.Missing;
        }

        if (!CourseDeletion.MayDelete(caller, course.AuthorAccountId, course.State))
        {
            return course.State is CourseState.Published
                ? ApiProblem.Conflict("course_published", "This micro-course is published. Withdraw it before you delete it.")
                : Busy;
        }

        return await orders.CourseAsync(id, DeletionOrder.ByPerson(caller.AccountId, reason ?? ""), cancellationToken, seen: course.State) switch
        {
            DeletionOutcome.Ordered => null,
            DeletionOutcome.Held => ApiProblem.Conflict("course_held", "The recording that this was cut from is under a hold, and so is what was cut from it."),
            DeletionOutcome.Busy => Busy,
            _ => NotFound,
        };
    }

    private async Task<MicroCourse?> FindAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        await db.MicroCourses.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } course && CourseDeletion.IsOwn(caller, course.AuthorAccountId)
            ? course
            : null;

    /// <summary>Whose work it is need not say why it goes.</summary>
    private static bool AsksWhy(Caller caller, MicroCourse course) => course.AuthorAccountId != caller.AccountId;

    // A store that is away keeps nobody from deleting: the files go when it is back.
    private async Task<long?> BytesAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var amount = default(StoredAmount);
            foreach (var prefix in DeleteMedia.PrefixesOfCourse(id))
            {
                amount += await store.MeasureAsync(prefix, cancellationToken);
            }

            return amount.Bytes;
        }
        catch (StoreException)
        {
            return null;
        }
    }
}
