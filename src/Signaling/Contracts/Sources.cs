namespace Classroom.Signaling.Contracts;

/// <summary>How it stands with an appliance's stream.</summary>
public enum SourcePhase
{
    /// <summary>No lesson wants it now.</summary>
    Idle,

    /// <summary>It is being looked at for the first time.</summary>
    Connecting,

    Live,

    /// <summary>It cannot be had, or was lost; tried again and again.</summary>
    NoSignal,

    /// <summary>The appliance, or somebody in the lesson, does not want it.</summary>
    Refused,
}

/// <summary>What an appliance sends, and what becomes of it.</summary>
/// <param name="VideoCodec">As FFmpeg names it; null: no picture.</param>
/// <param name="AudioCodec">As FFmpeg names it; null: no sound.</param>
/// <param name="WhyEncoded">Why the picture cannot go on as it is: codec, profile, b_frames, interlaced, colours, size. Null: it is copied.</param>
public sealed record SourceFormat(string? VideoCodec, string? Profile, int Width, int Height, double FrameRate, string? AudioCodec, string? WhyEncoded);

/// <param name="Since">When this phase began; for a lost signal, when it was lost.</param>
/// <param name="Trouble">Why: wrong_password, source_not_found, unreachable, no_media, broken_stream, stalled, removed, too_many, no_ffmpeg.</param>
public sealed record SourceStatus(SourcePhase Phase, DateTime Since, string? Trouble = null, SourceFormat? Format = null);

/// <param name="Address">Empty: the seat has no appliance.</param>
public sealed record ClassroomSourceRow(string Seat, string Address, SourceStatus Status);

/// <param name="Address">rtsp, rtsps, rtmp or rtmps; empty: none.</param>
public sealed record ClassroomSourceInput(string Seat, string Address);

/// <param name="Sources">All of the classroom's; what is not named has none afterwards.</param>
public sealed record ClassroomSourcesSave(ClassroomSourceInput[] Sources);

public sealed record SourceTest(string Address);

/// <summary>One of the two is there.</summary>
public sealed record SourceTestReply(SourceFormat? Format, string? Trouble);

/// <summary>A seat of a lesson that an appliance sends.</summary>
public sealed record LessonSource(string ClassroomId, string Seat, SourceStatus Status);
