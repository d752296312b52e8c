namespace Classroom.Signaling.Rehearsals;

/// <summary>The server's own first join, so that nobody else's is the first.</summary>
public interface IRehearsal
{
    /// <summary>It is done, well or not: traffic may come.</summary>
    bool IsOver { get; }

    /// <summary>Sound and picture went through the media port and back.</summary>
    bool HasSucceeded { get; }
}
