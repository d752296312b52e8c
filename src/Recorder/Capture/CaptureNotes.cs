namespace Classroom.Recorder.Capture;

/// <summary>A line of the log beside a captured file: the picture is missing here.</summary>
internal sealed record GapNote(string Gap, long FromMs, long ToMs);

/// <summary>A line of the log beside a captured file: a sender report, and how far the file's clock was from it.</summary>
internal sealed record ClockNote(string Stream, long NtpTicks, uint Rtp, long ArrivalMs, double RoundTripMs, double ErrorMs);
