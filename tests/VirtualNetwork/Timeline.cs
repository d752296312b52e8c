namespace Classroom.VirtualNetwork;

/// <summary>The state of a run, ten times a second.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="Capacity">kbit/s.</param>
/// <param name="Estimate">kbit/s.</param>
/// <param name="Sent">kbit/s over the last half second, with padding and repeats.</param>
/// <param name="Served">kbit/s over the last half second, behind the queue.</param>
/// <param name="QueueMs">Waiting time of the last packet.</param>
/// <param name="Ideal">kbit/s that the source could send at best.</param>
/// <param name="Parts">kbit/s of each part of the source.</param>
internal sealed record Sample(double Seconds, double Capacity, double Estimate, double Sent, double Served, double QueueMs, double Ideal, double[] Parts);

/// <summary>What one run showed.</summary>
/// <param name="Utilisation">Of the capacity, 0 to 1, from the fifth second on.</param>
/// <param name="OfIdeal">Of what the source could send at best (for layers: the rungs that fit), from the fifth second on.</param>
/// <param name="QueueP50">ms, by packet.</param>
/// <param name="QueueP95">ms, by packet.</param>
/// <param name="SettleSeconds">For each change of the capacity, the first too: until 85 % of the ideal flows with a short queue for a second.</param>
/// <param name="Freezes">In all pictures together.</param>
/// <param name="FrozenShare">Of the time, in the picture that froze most.</param>
/// <param name="VoiceLoss">Share of voice packets that did not arrive.</param>
/// <param name="LongestVoiceGapMs">Between two packets of one voice.</param>
/// <param name="PaddingShare">Of all bytes sent.</param>
/// <param name="Changes">Of layers.</param>
/// <param name="RepeatShare">Of all bytes sent.</param>
internal sealed record RunResult(
    double Utilisation,
    double OfIdeal,
    double QueueP50,
    double QueueP95,
    double QueueMax,
    IReadOnlyList<double> SettleSeconds,
    int Freezes,
    double FrozenShare,
    double LongestFreezeMs,
    double VoiceLoss,
    double LongestVoiceGapMs,
    double PaddingShare,
    int Changes,
    double RepeatShare,
    Classroom.Rtc.Congestion.BandwidthState State,
    IReadOnlyList<Sample> Timeline);
