using Microsoft.EntityFrameworkCore;

namespace Classroom.Data;

/// <summary>How a render job ends for its micro-course. Each call may be repeated.</summary>
public static class CourseRenders
{
    /// <summary>A worker starts: the course is Rendering, also when its job is retried after a failure.</summary>
    /// <returns>False when the course may not be rendered now, for example because it is published.</returns>
    public static async Task<bool> BeginAsync(ClassroomDb db, string courseId, CancellationToken cancellationToken = default)
    {
        var state = await db.MicroCourses.Where(course => course.Id == courseId).Select(course => (CourseState?)course.State).FirstOrDefaultAsync(cancellationToken);
        if (state is null or CourseState.Rendering)
        {
            return state is not null;
        }

        return CourseFlow.Next(state.Value, CourseEvent.Render) is { } next
            && await db.MicroCourses.Where(course => course.Id == courseId && course.State == state)
                .ExecuteUpdateAsync(set => set.SetProperty(course => course.State, next), cancellationToken) == 1;
    }

    /// <summary>Stores the finished film and makes the course Ready.</summary>
    /// <returns>False when the course no longer waits for it.</returns>
    public static async Task<bool> FinishAsync(ClassroomDb db, Rendition rendition, DateTime now, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.Renditions.AnyAsync(row => row.Id == rendition.Id, cancellationToken))
        {
            db.Renditions.Add(rendition);
            await db.SaveChangesAsync(cancellationToken);
        }

        var changed = await Rendering(db, rendition.MicroCourseId).ExecuteUpdateAsync(
            set => set
                .SetProperty(course => course.State, CourseState.Ready)
                .SetProperty(course => course.RenditionId, rendition.Id)
                .SetProperty(course => course.UpdatedAt, now),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed == 1 || await db.MicroCourses.AnyAsync(
            course => course.Id == rendition.MicroCourseId && course.RenditionId == rendition.Id, cancellationToken);
    }

    /// <summary>The render failed for good (Failed) or was cancelled (back to Draft).</summary>
    public static Task StopAsync(ClassroomDb db, string courseId, bool cancelled, DateTime now, CancellationToken cancellationToken = default)
    {
        var next = cancelled ? CourseState.Draft : CourseState.Failed;
        return Rendering(db, courseId).ExecuteUpdateAsync(
            set => set.SetProperty(course => course.State, next).SetProperty(course => course.UpdatedAt, now), cancellationToken);
    }

    private static IQueryable<MicroCourse> Rendering(ClassroomDb db, string courseId) =>
        db.MicroCourses.Where(course => course.Id == courseId && course.State == CourseState.Rendering);
}
