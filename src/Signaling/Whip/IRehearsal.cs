namespace Classroom.Signaling.Whip;

/// <summary>The server's own first join, so that nobody else's is the first.</summary>
public interface IRehearsal
{
    /// <summary>It is done, well or not: traffic may come.</summary>
    bool IsOver { get; }
}
