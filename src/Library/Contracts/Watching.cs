namespace Classroom.Library.Contracts;

/// <summary>What was played since the last report.</summary>
/// <param name="Session">Of the player, from the first play until the page is left: at most 64 characters that no other session has.</param>
/// <param name="Moves">What the viewer did with the player meanwhile.</param>
public sealed record WatchReport(long PositionMs, WatchedPart[] Parts, string? Session = null, PlayerMove[]? Moves = null);

public sealed record WatchedPart(long FromMs, long ToMs);

/// <summary>What a viewer does with a player. Initialized comes before the first play of a session, terminated at its end.</summary>
public enum PlayerMoveKind { Initialized, Played, Paused, Seeked, Terminated }

/// <param name="Number">Counts within the session: a move that is told twice is one.</param>
/// <param name="AtMs">Where in the film; of a seek, where it went.</param>
/// <param name="FromMs">Where a seek came from.</param>
/// <param name="AgoMs">How long before the report.</param>
public sealed record PlayerMove(int Number, PlayerMoveKind Kind, long AtMs, long FromMs, long AgoMs);
