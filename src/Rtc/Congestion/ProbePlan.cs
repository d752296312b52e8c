namespace Classroom.Rtc.Congestion;

/// <summary>
/// A wish of the estimator: send at this rate for a moment, media first and padding (RFC 4588 retransmissions of old
/// packets, or RTP padding) for the rest, so that the reports show whether the line takes it.
/// </summary>
/// <param name="Cluster">1 to 255; packets sent while the probe runs belong to it.</param>
/// <param name="Rate">Of media and padding together.</param>
/// <param name="Duration">How long to send at that rate.</param>
/// <param name="Bytes">Rate times duration, and never less than it takes to measure.</param>
public readonly record struct ProbePlan(byte Cluster, Bitrate Rate, TimeSpan Duration, int Bytes);

/// <summary>What a probe has shown.</summary>
/// <param name="Rate">What may be sent now.</param>
/// <param name="Arrived">The rate at which it arrived.</param>
/// <param name="IsFull">It arrived clearly slower than it was sent: the line takes no more.</param>
internal readonly record struct ProbeMeasurement(Bitrate Rate, Bitrate Arrived, bool IsFull);
