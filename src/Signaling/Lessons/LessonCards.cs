using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Stations;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons;

/// <summary>Lessons as pages list them.</summary>
internal sealed class LessonCards(IClassroomDbFactory databases, StationPresence presence, TimeProvider time)
{
    public async Task<LessonCard[]> ReadAsync(Func<IQueryable<Lesson>, IQueryable<Lesson>> choose, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var lessons = await LessonQueries.WithEverything(choose(db.Lessons.AsNoTracking())).ToListAsync(cancellationToken);
        var ids = lessons.ConvertAll(lesson => lesson.Id);
        var recordings = await db.Recordings.Where(recording => ids.Contains(recording.LessonId))
            .ToDictionaryAsync(recording => recording.LessonId, recording => recording.State, cancellationToken);
        var online = await presence.OnlineAsync();
        return [.. lessons.Select(lesson => ToCard(lesson, recordings.TryGetValue(lesson.Id, out var state) ? state : null, online))];
    }

    private LessonCard ToCard(Lesson lesson, RecordingState? recording, IReadOnlySet<string> online) => new(
        lesson.Id,
        lesson.Title,
        lesson.Subject,
        lesson.Grade,
        lesson.Kind,
        lesson.State,
        lesson.PlannedStart,
        lesson.PlannedEnd,
        lesson.Teacher?.DisplayName ?? "",
        [.. lesson.Classrooms.Where(link => link.Classroom is not null).OrderByDescending(link => link.IsHost).Select(link => ToLamp(link, online))],
        PhaseOf(lesson, recording),
        recording?.ToString());

    private static ClassroomLamp ToLamp(LessonClassroom link, IReadOnlySet<string> online) => new(
        link.ClassroomId,
        link.Classroom!.Name,
        link.Classroom.School?.Name ?? "",
        link.Classroom.School?.ShortName ?? "",
        link.IsHost,
        online.Contains(link.ClassroomId),
        SelfTests.Of(link.Classroom),
        LessonInfoSource.SeatsOf(link.Classroom));

    private string PhaseOf(Lesson lesson, RecordingState? recording) => lesson.State switch
    {
        LessonState.Planned when lesson.PlannedEnd > time.GetUtcNow().UtcDateTime => "check",
        LessonState.Open or LessonState.Live => "enter",
        LessonState.Ended when recording == RecordingState.Ready => "replay",
        _ => "none",
    };
}
