namespace Classroom.Data;

/// <summary>Where a lesson's recording is on its way.</summary>
public enum RecordingState { Capturing, Finishing, Ready, Failed }

/// <summary>The recording of one lesson: its tracks, on the lesson clock.</summary>
public sealed class Recording
{
    /// <summary>The lesson's id.</summary>
    public required string LessonId { get; set; }
    public Lesson? Lesson { get; set; }
    public RecordingState State { get; set; }
    public DateTime StartedAt { get; set; }
    public long DurationMs { get; set; }
    public string? CoverKey { get; set; }
    public string? Error { get; set; }

    /// <summary>Master playlist of the draft film: the seats that were on the stage, one after the other, never encoded.</summary>
    public string? DraftKey { get; set; }
    public long DraftDurationMs { get; set; }

    /// <summary>Under legal hold: neither a rule nor a person deletes it. Who, when and why: <see cref="RecordingHold"/>.</summary>
    public bool IsHeld { get; set; }

    /// <summary>What its objects take in the store; null until they are counted (again).</summary>
    public long? StoredBytes { get; set; }
    public List<RecordingTrack> Tracks { get; set; } = [];
    public List<RecordingGap> Gaps { get; set; } = [];
}

public enum TrackState { Capturing, Captured, Stored, Lost }

/// <summary>One captured file: the audio and video of one publication group between two interruptions.</summary>
public sealed class RecordingTrack
{
    public string Id { get; set; } = Ids.New();
    public required string LessonId { get; set; }
    public required string ParticipantId { get; set; }
    public string? ClassroomId { get; set; }

    /// <summary>The publication name: a <see cref="SeatKind"/> name for stations.</summary>
    public required string Group { get; set; }
    public string? VideoCodec { get; set; }
    public string? AudioCodec { get; set; }
    public int Width { get; set; }
    public int Height { get; set; }

    /// <summary>Where the file's time zero lies on the lesson clock, in milliseconds.</summary>
    public long StartMs { get; set; }
    public long DurationMs { get; set; }
    public TrackState State { get; set; }

    /// <summary>The Matroska file, relative to the spool folder, until it is stored.</summary>
    public string? SpoolFile { get; set; }

    /// <summary>The Matroska file as captured, in the object store.</summary>
    public string? ObjectKey { get; set; }

    /// <summary>HLS playlist made by copy (or by encoding) for replay in the browser, in the object store.</summary>
    public string? PlaylistKey { get; set; }
    public long Bytes { get; set; }
    public string? Sha256 { get; set; }

    /// <summary>Loudness and small pictures for the editor lie beside its file.</summary>
    public bool IsAnalysed { get; set; }
}

/// <summary>A time in which something is missing, and why. Shown, never hidden.</summary>
public sealed class RecordingGap
{
    public string Id { get; set; } = Ids.New();
    public required string LessonId { get; set; }

    /// <summary>Null: all tracks.</summary>
    public string? TrackId { get; set; }
    public long FromMs { get; set; }
    public long ToMs { get; set; }

    /// <summary>"paused", "restart", "loss", "disk", "board" (slides and ink could not be filmed); free words after a colon.</summary>
    public required string Reason { get; set; }
}
