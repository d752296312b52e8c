namespace Classroom.Rtc.Congestion;

/// <summary>Bounds of an estimate.</summary>
public sealed record BandwidthOptions
{
    /// <summary>What is believed before anything is known.</summary>
    /// <value>Default 600 kbit/s: courseware and some audio at once, and little enough for a weak line.</value>
    public Bitrate Start { get; init; } = Bitrate.FromKilobits(600);

    /// <summary>The estimate never falls below.</summary>
    /// <value>Default 40 kbit/s: one voice.</value>
    public Bitrate Least { get; init; } = Bitrate.FromKilobits(40);

    /// <summary>The estimate never rises above, and no probe goes there.</summary>
    /// <value>Default 20 Mbit/s.</value>
    public Bitrate Most { get; init; } = Bitrate.FromKilobits(20_000);

    /// <summary>The receiver reports arrival times (transport-cc). Otherwise loss and REMB have to do.</summary>
    /// <value>Default true.</value>
    public bool HasArrivalTimes { get; init; } = true;
}
