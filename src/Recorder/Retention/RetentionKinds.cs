using Classroom.Data;

namespace Classroom.Recorder.Retention;

/// <summary>Which rule a recording is under.</summary>
internal static class RetentionKinds
{
    public static RetentionKind Of(RoomKind room) => room switch
    {
        RoomKind.Dedicated => RetentionKind.Dedicated,
        RoomKind.MasterTeacher => RetentionKind.MasterTeacher,
        RoomKind.SchoolNetwork => RetentionKind.SchoolNetwork,
        RoomKind.Synchronous => RetentionKind.Synchronous,
        RoomKind.Research => RetentionKind.Research,
        RoomKind.Event => RetentionKind.Event,
        _ => throw new ArgumentOutOfRangeException(nameof(room)),
    };

    /// <summary>Null for micro-courses.</summary>
    public static RoomKind? Room(this RetentionKind kind) =>
        kind is RetentionKind.MicroCourse ? null : Enum.GetValues<RoomKind>().First(room => Of(room) == kind);
}
