using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Retention;

/// <summary>Every row of a micro-course.</summary>
internal static class CourseRows
{
    /// <summary>Deletes them, as a part of the caller's transaction.</summary>
    public static async Task DeleteAsync(ClassroomDb db, ICourseIndex? index, string courseId, CancellationToken cancellationToken)
    {
        if (index is not null)
        {
            await index.RemoveAsync(db, courseId, cancellationToken);
        }

        // Columns in memory count on the row's number, so the row stays, hidden and without a word.
        await db.CourseShelf.Where(row => row.CourseId == courseId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.IsShown, false).SetProperty(row => row.TeacherName, "").SetProperty(row => row.PointIds, ""), cancellationToken);
        await db.Set<CourseSeriesItem>().Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.CourseFiles.Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.CourseReviews.Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.CourseComments.Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.CourseAwards.Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.CourseWatches.Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.CourseWatchDays.Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.CourseNotes.Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.Notifications.Where(row => row.CourseId == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.Jobs.Where(job => job.SubjectId == courseId).ExecuteDeleteAsync(cancellationToken);

        // Its points, chapters, captions and questions with their answers go with it.
        await db.MicroCourses.Where(row => row.Id == courseId).ExecuteDeleteAsync(cancellationToken);
        await db.Renditions.Where(row => row.MicroCourseId == courseId).ExecuteDeleteAsync(cancellationToken);
    }
}
