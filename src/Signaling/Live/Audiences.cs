namespace Classroom.Signaling.Live;

/// <summary>For whom an event is, beside everyone, the staff and one participant: see docs/timeline.md.</summary>
internal static class Audiences
{
    /// <summary>Observers only: during the lesson not even its teacher sees their notes.</summary>
    public const string Observers = "observers";
    private const string GroupPrefix = "group:";

    /// <summary>The members of a subgroup, and the staff.</summary>
    public static string Group(string groupId) => GroupPrefix + groupId;

    /// <summary>Null when the audience is no subgroup.</summary>
    public static string? GroupOf(string audience) => audience.StartsWith(GroupPrefix, StringComparison.Ordinal) ? audience[GroupPrefix.Length..] : null;
}
