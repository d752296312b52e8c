namespace Classroom.TestKit;

/// <summary>Where a server process runs.</summary>
/// <param name="Host">By which the test reaches it.</param>
/// <param name="Prefix">Words in front of its command, for example those that enter a network namespace.</param>
public sealed record ServerPlace(string Host, IReadOnlyList<string> Prefix)
{
    /// <summary>This machine.</summary>
    public static ServerPlace Here { get; } = new("localhost", []);
}
