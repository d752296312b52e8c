namespace Classroom.Library.Statements;

/// <summary>A viewer before a film.</summary>
/// <param name="Session">Of the player: from the first play until the page is left.</param>
/// <param name="Seconds">What was watched so far, in all sessions: one bit for each second.</param>
internal sealed record Viewing(string AccountId, string CourseId, string Title, long DurationMs, string Session, byte[] Seconds);
