namespace Classroom.Rtc.Congestion;

/// <summary>What the estimate of one transport looks like inside, for statistics and traces.</summary>
/// <param name="Estimate">What may be sent: the least of what delay, loss and the receiver allow.</param>
/// <param name="DelayBased">What the delay allows.</param>
/// <param name="LossBased">What loss allows; <see cref="Bitrate.Unlimited"/> while it says nothing.</param>
/// <param name="Acknowledged">What arrives; zero when unknown.</param>
/// <param name="Queue">Waiting time in the queue on the way, smoothed; zero when there is none.</param>
/// <param name="RoundTrip">From sending a packet to the report of it, smoothed; zero when unknown.</param>
/// <param name="Loss">Share of packets reported lost in the last five seconds, 0 to 1, before retransmission.</param>
/// <param name="InherentLoss">Share that the line seems to lose whatever is sent, 0 to 1.</param>
/// <param name="LossRun">Packets that are lost in a row, on average; 1 or more.</param>
/// <param name="Usage">What the delay says about the queue on the way.</param>
/// <param name="IsLimited">Less is sent than could be; the line may be better than the estimate.</param>
/// <param name="IsSilent">Reports have stopped coming although packets are sent.</param>
/// <param name="Confirmed">When a probe or a report last showed that the line takes more than was believed.</param>
/// <param name="ProbesPlanned">Since the start.</param>
/// <param name="ProbesSucceeded">Probes whose rate the line took.</param>
/// <param name="Counters">Of reports.</param>
public readonly record struct BandwidthState(
    Bitrate Estimate,
    Bitrate DelayBased,
    Bitrate LossBased,
    Bitrate Acknowledged,
    TimeSpan Queue,
    TimeSpan RoundTrip,
    double Loss,
    double InherentLoss,
    double LossRun,
    LineUsage Usage,
    bool IsLimited,
    bool IsSilent,
    Instant Confirmed,
    long ProbesPlanned,
    long ProbesSucceeded,
    FeedbackCounters Counters);

/// <summary>How reports fared since the start.</summary>
/// <param name="Reports">Feedback messages read.</param>
/// <param name="Lost">Feedback messages missing by their count.</param>
/// <param name="Acknowledged">Packets that arrived.</param>
/// <param name="Missing">Packets reported missing.</param>
/// <param name="Recovered">Of those, packets that arrived after all.</param>
/// <param name="Repeated">Statuses of packets that were reported received before.</param>
/// <param name="Unknown">Statuses of packets that were never sent or are forgotten.</param>
/// <param name="Forgotten">Packets that nobody spoke of in time.</param>
public readonly record struct FeedbackCounters(
    long Reports,
    long Lost,
    long Acknowledged,
    long Missing,
    long Recovered,
    long Repeated,
    long Unknown,
    long Forgotten);
