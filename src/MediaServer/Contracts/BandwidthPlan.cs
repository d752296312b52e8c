using Classroom.MediaServer.Bandwidth;

namespace Classroom.MediaServer;

/// <summary>What matters most in a lesson when a line cannot carry everything, and ceilings that somebody has set.</summary>
public sealed record BandwidthPlan
{
    /// <summary>Publication id → what it is to the lesson. Sound that is not named is <see cref="StreamClass.Audio"/>, pictures are <see cref="StreamClass.Rest"/>.</summary>
    public IReadOnlyDictionary<string, StreamClass> Classes { get; init; } = new Dictionary<string, StreamClass>();

    /// <summary>Participant id → bits per second that it receives at most.</summary>
    public IReadOnlyDictionary<string, long> ParticipantCeilings { get; init; } = new Dictionary<string, long>();

    /// <summary>School id → bits per second that all its participants receive at most together.</summary>
    public IReadOnlyDictionary<string, long> SchoolCeilings { get; init; } = new Dictionary<string, long>();
}
