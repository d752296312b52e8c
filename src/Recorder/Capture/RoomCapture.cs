using Classroom.MediaServer;

namespace Classroom.Recorder.Capture;

/// <summary>One room as the recorder sees it.</summary>
internal sealed class RoomCapture
{
    public RecordingSwitch? Recording { get; set; }

    public Dictionary<string, PublicationInfo> Publications { get; } = [];

    /// <summary>Sinks that are attached, by publication.</summary>
    public Dictionary<string, IDisposable> Attached { get; } = [];

    /// <summary>The gap that is open: a pause, or the hole of a restart.</summary>
    public string? OpenGapId { get; set; }
}
