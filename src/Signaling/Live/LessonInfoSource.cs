using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

/// <summary>Makes the lesson's description for pages.</summary>
internal sealed record LessonInfoSource(KnowledgePointInfo[] KnowledgePoints)
{
    public LessonInfo ToInfo(Lesson lesson, LessonRole role) => new(
        lesson.Id,
        lesson.Title,
        lesson.Subject,
        lesson.Grade,
        lesson.Kind.ToString(),
        lesson.Codec.ToString(),
        lesson.State.ToString(),
        Milliseconds(lesson.PlannedStart),
        Milliseconds(lesson.PlannedEnd),
        lesson.StartedAt is { } started ? Milliseconds(started) : null,
        lesson.Teacher?.DisplayName ?? "",
        [.. lesson.Classrooms.Where(link => link.Classroom is not null).OrderByDescending(link => link.IsHost).Select(ToInfo)],
        KnowledgePoints,
        role is LessonRole.Teacher or LessonRole.Station or LessonRole.Observer ? lesson.Pin : null,
        lesson.IsAlwaysOpen);

    public static long Milliseconds(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static string[] SeatsOf(ClassroomRoom classroom) => classroom.Seats.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Of these seats, those that an appliance sends: whoever else sends them too would be in the room twice.</summary>
    /// <param name="classroom">With its sources.</param>
    public static string[] ApplianceSeatsOf(ClassroomRoom classroom) => [.. SeatsOf(classroom).Intersect(classroom.Sources.Select(source => source.Seat.ToString()))];

    /// <summary>Those that are left to the classroom's station.</summary>
    /// <param name="classroom">With its sources.</param>
    public static string[] StationSeatsOf(ClassroomRoom classroom) => [.. SeatsOf(classroom).Except(ApplianceSeatsOf(classroom))];

    private static LessonClassroomInfo ToInfo(LessonClassroom link) => new(
        link.ClassroomId,
        link.Classroom!.Name,
        link.Classroom.SchoolId,
        link.Classroom.School?.Name ?? "",
        link.Classroom.School?.ShortName ?? "",
        link.IsHost,
        SeatsOf(link.Classroom));
}
