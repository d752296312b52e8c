namespace Classroom.Signaling.Contracts;

/// <summary>Who was in a lesson, and how long.</summary>
/// <param name="LengthMs">From the bell to the end, or to now.</param>
/// <param name="PresentPerMinute">Pupils who were there in each minute.</param>
public sealed record AttendanceReply(long LengthMs, bool IsOver, AttendanceRow[] Rows, int[] PresentPerMinute);

/// <param name="Number">On the roster; null for somebody who is on none.</param>
/// <param name="FirstAt">Milliseconds on the lesson clock; null: was never there.</param>
/// <param name="IsLate">Came more than three minutes after the bell.</param>
/// <param name="LeftEarly">Was gone more than three minutes before the end.</param>
public sealed record AttendanceRow(
    string Name, LessonRole Role, string? Number, string? ClassName, string? SchoolName, bool IsHere, long PresentMs, long? FirstAt, long? LastAt, bool IsLate, bool LeftEarly, PresenceSpan[] Spans);

public sealed record PresenceSpan(long From, long To);
