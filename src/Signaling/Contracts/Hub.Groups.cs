namespace Classroom.Signaling.Contracts;

public partial interface IClassroomHub
{
    /// <summary>Divides the class into subgroups that see and hear only themselves (teacher). Groups that were open are closed.</summary>
    Task<Ack> OpenGroups(string key, GroupPlan plan);

    /// <summary>Calls everybody back (teacher).</summary>
    Task<Ack> CloseGroups(string key);

    /// <summary>Into another group, or with null back to the whole class (teacher).</summary>
    Task<Ack> MoveToGroup(string key, string participantId, string? groupId);

    /// <summary>The teacher goes to a group, which sees and hears them; null: back to the whole class.</summary>
    Task<Ack> VisitGroup(string key, string? groupId);

    /// <summary>Seconds from now; 0: without end (teacher).</summary>
    Task<Ack> SetGroupTimer(string key, int seconds);

    /// <summary>What happened in the caller's group before the caller came to it: its chat, its board. Staff may ask for any group.</summary>
    Task<EventDto[]> GroupPast(string groupId);
}

/// <summary>How a class is divided.</summary>
public enum GroupBy { Random, Classroom, Hand }

/// <param name="Count">Groups to make at random, 1 to 50.</param>
/// <param name="Groups">Made by hand; null otherwise.</param>
/// <param name="Seconds">Until the time is up; 0: no timer.</param>
public sealed record GroupPlan(GroupBy How, int Count, GroupDraft[]? Groups, int Seconds);

/// <param name="Members">Participant ids, each in one group only.</param>
public sealed record GroupDraft(string Name, string[] Members);
