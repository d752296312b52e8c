using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons.Attendance;

/// <summary>Attendance of one lesson: the timeline beside the rosters of its classes.</summary>
internal sealed class AttendanceReader(ClassroomDb db, TimeProvider time)
{
    private const long ToleranceMs = 3 * 60_000;
    private const long MinuteMs = 60_000;
    private static readonly LessonRole[] Counted = [LessonRole.Teacher, LessonRole.Station, LessonRole.Student];

    /// <param name="schoolId">Only this school's people; null: everybody's.</param>
    public async Task<AttendanceReply> ReadAsync(string lessonId, string? schoolId, CancellationToken cancellationToken)
    {
        var lesson = await LessonQueries.WithEverything(db.Lessons.AsNoTracking()).FirstAsync(l => l.Id == lessonId, cancellationToken);
        var events = await db.Timeline.AsNoTracking().Where(e => e.LessonId == lessonId && PresenceBook.Kinds.Contains(e.Kind)).OrderBy(e => e.Seq).ToListAsync(cancellationToken);
        var entries = events.ConvertAll(TimelineEntry.From);
        var length = LengthOf(lesson, entries);
        var presences = PresenceBook.Read(entries, length).Where(presence => Counted.Contains(presence.Person.Role)).ToList();
        var classes = await ClassesAsync(lesson, cancellationToken);

        var isOver = lesson.State == LessonState.Ended;
        var rows = presences.Select(presence => RowOf(presence, lesson, classes, length, isOver)).Concat(AbsentOf(presences, lesson, classes))
            .Where(row => schoolId is null || row.SchoolId == schoolId)
            .OrderBy(row => Array.IndexOf(Counted, row.Row.Role)).ThenBy(row => PlaceOf(lesson, row.SchoolId)).ThenBy(row => row.Row.ClassName, StringComparer.Ordinal).ThenBy(row => row.Row.Number, StringComparer.Ordinal)
            .ThenBy(row => row.Row.Name, StringComparer.Ordinal)
            .Select(row => row.Row).ToArray();
        return new AttendanceReply(length, isOver, rows, PerMinute(rows, length));
    }

    private long LengthOf(Lesson lesson, List<TimelineEntry> entries)
    {
        var zero = lesson.StartedAt ?? (lesson.IsAlwaysOpen ? lesson.OpenedAt : null);
        if (zero is null)
        {
            return 0;
        }

        return entries.Find(entry => entry.Kind == EventKinds.Ended)?.At ?? (long)((lesson.EndedAt ?? time.GetUtcNow().UtcDateTime) - zero.Value).TotalMilliseconds;
    }

    private async Task<Dictionary<string, SchoolClass>> ClassesAsync(Lesson lesson, CancellationToken cancellationToken)
    {
        var ids = lesson.Classrooms.Select(link => link.SchoolClassId).OfType<string>().ToList();
        var classes = await db.Classes.AsNoTracking().Include(group => group.Pupils).Where(group => ids.Contains(group.Id)).ToListAsync(cancellationToken);
        return lesson.Classrooms.Where(link => link.SchoolClassId is not null)
            .Select(link => (link.ClassroomId, Class: classes.Find(group => group.Id == link.SchoolClassId)))
            .Where(pair => pair.Class is not null)
            .ToDictionary(pair => pair.ClassroomId, pair => pair.Class!);
    }

    private static (string? SchoolId, AttendanceRow Row) RowOf(Presence presence, Lesson lesson, Dictionary<string, SchoolClass> classes, long length, bool isOver)
    {
        var (role, name, classroomId) = presence.Person;
        var school = lesson.Classrooms.Find(link => link.ClassroomId == classroomId)?.Classroom?.School;
        var schoolClass = role == LessonRole.Student && classroomId is not null ? classes.GetValueOrDefault(classroomId) : null;
        var pupil = schoolClass?.Pupils.Find(pupil => pupil.Name == name);
        long? first = presence.Spans.Count > 0 ? presence.Spans[0].From : null;
        long? last = presence.Spans.Count > 0 ? presence.Spans[^1].To : null;
        return (school?.Id, new AttendanceRow(
            name, role, pupil?.Number, schoolClass?.Name, school?.Name, presence.IsHere && !isOver, presence.TotalMs, first, last,
            IsLate: first > ToleranceMs, LeftEarly: isOver && length - last > ToleranceMs, [.. presence.Spans]));
    }

    private static IEnumerable<(string? SchoolId, AttendanceRow Row)> AbsentOf(List<Presence> presences, Lesson lesson, Dictionary<string, SchoolClass> classes)
    {
        var came = presences.Where(presence => presence.Person.Role == LessonRole.Student).Select(presence => (presence.Person.ClassroomId, presence.Person.Name)).ToHashSet();
        return from entry in classes
               let school = lesson.Classrooms.Find(link => link.ClassroomId == entry.Key)?.Classroom?.School
               from pupil in entry.Value.Pupils
               where !came.Contains((entry.Key, pupil.Name))
               select ((string?)school?.Id, new AttendanceRow(pupil.Name, LessonRole.Student, pupil.Number, entry.Value.Name, school?.Name, false, 0, null, null, false, false, []));
    }

    // The host's people first; who is of no classroom comes last.
    private static int PlaceOf(Lesson lesson, string? schoolId) =>
        schoolId is null ? int.MaxValue : lesson.Classrooms.OrderByDescending(link => link.IsHost).ToList().FindIndex(link => link.Classroom?.SchoolId == schoolId);

    private static int[] PerMinute(AttendanceRow[] rows, long length)
    {
        var minutes = new int[(int)Math.Min((length + MinuteMs - 1) / MinuteMs, 24 * 60)];
        foreach (var row in rows.Where(row => row.Role == LessonRole.Student))
        {
            foreach (var minute in row.Spans.SelectMany(MinutesOf).Where(minute => minute < minutes.Length).Distinct())
            {
                minutes[minute]++;
            }
        }

        return minutes;
    }

    private static IEnumerable<int> MinutesOf(PresenceSpan span)
    {
        var (from, to) = ((int)(span.From / MinuteMs), (int)((span.To - 1) / MinuteMs));
        return Enumerable.Range(from, to - from + 1);
    }
}
