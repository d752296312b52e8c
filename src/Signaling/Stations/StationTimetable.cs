using Classroom.Data;
using Classroom.Signaling.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Stations;

/// <summary>Which lesson a classroom belongs in now, when its plan holds more than one.</summary>
internal sealed class StationTimetable(LessonRooms rooms, TimeProvider time, IOptions<SignalingOptions> options)
{
    /// <summary>
    /// What runs goes before what opens soon, and both before a room that is always open. Of two that run, the one that is being
    /// taught keeps the classroom: a bell that rings for nobody does not take it out of a lesson that is late. Null: nothing is due.
    /// </summary>
    public async Task<Lesson?> CurrentAsync(ClassroomDb db, string classroomId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var soon = now + options.Value.OpensBefore;
        var due = await db.Lessons.AsNoTracking()
            .Where(lesson => lesson.Classrooms.Any(link => link.ClassroomId == classroomId))
            .Where(lesson => lesson.State == LessonState.Open || lesson.State == LessonState.Live
                || (lesson.State == LessonState.Planned && lesson.PlannedStart <= soon && lesson.PlannedEnd > now))
            .OrderBy(lesson => lesson.IsAlwaysOpen)
            .ThenBy(lesson => lesson.State == LessonState.Live ? 0 : lesson.State == LessonState.Open ? 1 : 2)
            .ThenBy(lesson => lesson.StartedAt ?? lesson.PlannedStart)
            .ToListAsync(cancellationToken);
        var running = due.TakeWhile(lesson => lesson is { State: LessonState.Live, IsAlwaysOpen: false });
        return running.FirstOrDefault(lesson => rooms.Find(lesson.Id) is { IsTaught: true }) ?? due.FirstOrDefault();
    }
}
