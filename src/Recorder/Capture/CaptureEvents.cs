using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>Whose picture and sound go into one file.</summary>
internal sealed record SeatIdentity(string LessonId, string ParticipantId, string? ClassroomId, string Group);

/// <summary>First line of the log beside a captured file: enough to make its row again after a crash.</summary>
/// <param name="StartMs">The file's zero on the lesson clock.</param>
internal sealed record CaptureHeader(string TrackId, SeatIdentity Seat, string? VideoCodec, string? AudioCodec, int Width, int Height, long StartMs, string File);

/// <summary>What the capture thread reports. Calls return at once.</summary>
internal interface ICaptureEvents
{
    void FileOpened(CaptureHeader header);

    /// <param name="error">Why it ended when the disk refused; otherwise null.</param>
    void FileClosed(CaptureHeader header, string? error);

    void Gap(string lessonId, string trackId, long fromMs, long toMs, string reason);

    void KeyframeWanted(string roomId, string publicationId);
}

/// <summary>The lesson's zero on the media clock.</summary>
internal readonly record struct LessonClock(Instant Zero)
{
    public long Ms(Instant at) => (long)Math.Round((at - Zero).TotalMilliseconds);
}
