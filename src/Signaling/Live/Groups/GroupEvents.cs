namespace Classroom.Signaling.Live.Groups;

/// <summary>Events of subgroups (分组).</summary>
internal static class GroupEvents
{
    public const string Open = "groups.open";
    public const string Move = "groups.move";
    public const string Visit = "groups.visit";
    public const string Timer = "groups.timer";
    public const string TimeUp = "groups.timeUp";
    public const string Close = "groups.close";

    public static IReadOnlyDictionary<string, Type> Bodies { get; } = new Dictionary<string, Type>
    {
        [Open] = typeof(GroupsOpenBody),
        [Move] = typeof(GroupsMoveBody),
        [Visit] = typeof(GroupsVisitBody),
        [Timer] = typeof(GroupsTimerBody),
        [TimeUp] = typeof(GroupsTimeUpBody),
        [Close] = typeof(GroupsCloseBody),
    };
}

/// <param name="Id">Digits, used once in a lesson: a later round does not open the board of an earlier one.</param>
/// <param name="ClassroomId">When the groups are the classrooms.</param>
internal sealed record GroupBody(string Id, string Name, string? ClassroomId, string[] Members);

/// <param name="EndsAt">UTC milliseconds; null: no timer runs.</param>
internal sealed record GroupsOpenBody(int Round, GroupBody[] Groups, long? EndsAt);

/// <param name="GroupId">Null: back to the whole class.</param>
internal sealed record GroupsMoveBody(string ParticipantId, string? GroupId);

/// <summary>A teacher is with a group, which sees and hears them.</summary>
/// <param name="GroupId">Null: with the whole class.</param>
internal sealed record GroupsVisitBody(string ParticipantId, string? GroupId);

internal sealed record GroupsTimerBody(long? EndsAt);

internal sealed record GroupsTimeUpBody;

internal sealed record GroupsCloseBody;
