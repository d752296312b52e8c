using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Congestion;

/// <summary>
/// How much the line to one receiver takes, as its sender sees it (draft-ietf-rmcat-gcc-02 with probing). Number each
/// packet with <see cref="OnSent"/>, hand over every report, tick, and send the probes that it asks for. One thread; no
/// allocation once the record of sent packets has its size.
/// </summary>
public sealed class SendSideBandwidth
{
    private const double SilenceFactor = 0.5;
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(500);
    // Before the first report: it may come from the other side of the world.
    private static readonly TimeSpan s_defaultRoundTrip = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_probeEcho = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_probeTail = TimeSpan.FromMilliseconds(20);

    // Whatever queue there was is gone by then.
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(1);

    // One packet.
    private const int QuestionBytes = 100;
    private static readonly Bitrate s_questionRate = Bitrate.FromKilobits(40);
    private readonly BandwidthOptions _options;
    private readonly SentPackets _sent = new();
    private readonly LostPackets _lost;
    private readonly LossModel _loss;
    private readonly FeedbackIntake _intake;
    private readonly DelayEstimate _delay;
    private readonly RembEstimate _remb;
    private readonly ProbeClusters _clusters = new();
    private readonly ProbePlanner _probes;
    private LimitedDetector _limited;
    private TimeSpan _roundTrip;
    private TimeSpan _lastRoundTrip;
    private Instant _unanswered = Instant.Never;
    private Instant _nextSilence = Instant.Never;
    private Bitrate _beforeSilence;
    private Instant _lastReport = Instant.MinValue;
    private bool _mayAsk;
    private ProbePlan _active;
    private Instant _activeUntil = Instant.MinValue;
    private int _activeBytes;
    private Instant _confirmed = Instant.MinValue;

    public SendSideBandwidth(BandwidthOptions? options = null)
    {
        _options = options ?? new BandwidthOptions();
        _loss = new LossModel(_options.Least);
        _lost = new LostPackets(_sent);
        _intake = new FeedbackIntake(_sent, _lost, _loss);
        _delay = new DelayEstimate(_options);
        _remb = new RembEstimate(_options);
        _probes = new ProbePlanner(_options.Most);
        Estimate = _options.Start;
    }

    /// <summary>What may be sent now, media and retransmissions together.</summary>
    public Bitrate Estimate { get; private set; }

    /// <summary>The estimate at which everything that is wanted would flow. No probe goes further; zero: none at all.</summary>
    public Bitrate Wanted { get; set; }

    /// <summary>How long what was sent now may go without a word in the reports; after that it, or the report, was lost.</summary>
    public TimeSpan Patience => (_lastRoundTrip > RoundTrip ? _lastRoundTrip : RoundTrip) + s_reportInterval;

    /// <summary>Bytes that the record of sent packets takes.</summary>
    public int RecordMemory => _sent.Memory;

    public BandwidthState State => new(
        Estimate,
        _options.HasArrivalTimes ? _delay.Rate : Bitrate.Unlimited,
        _options.HasArrivalTimes ? _loss.Rate : _remb.LossBased,
        _delay.Acknowledged,
        _delay.Queue,
        _options.HasArrivalTimes ? _roundTrip : _remb.RoundTrip,
        _options.HasArrivalTimes ? _loss.Loss : _remb.Loss,
        _loss.Inherent,
        _loss.RunLength,
        _delay.Usage,
        _limited.IsLimited,
        IsSilent,
        _confirmed,
        _probes.Planned,
        _probes.Succeeded,
        _intake.Counters);

    /// <summary>Reports have stopped coming although packets are sent.</summary>
    public bool IsSilent => _beforeSilence > Bitrate.Zero;

    private TimeSpan RoundTrip => _roundTrip > TimeSpan.Zero ? _roundTrip : s_defaultRoundTrip;

    /// <summary>A packet leaves.</summary>
    /// <param name="bytes">RTP header and payload; the same for padding.</param>
    /// <param name="now">Time.</param>
    /// <param name="tag">What <see cref="TryTakeLost"/> calls it; 0: it need not be told.</param>
    /// <returns>Its transport-wide sequence number, for the header extension.</returns>
    public ushort OnSent(int bytes, Instant now, uint tag = 0)
    {
        _limited.OnSent(bytes, Estimate, now);
        if (_unanswered == Instant.Never)
        {
            _unanswered = now;
            _nextSilence = now + RoundTrip + s_silence;
        }

        return _sent.Add(bytes, TakeCluster(bytes, now), now, tag);
    }

    /// <summary>A report of arrival times.</summary>
    public void OnFeedback(in TransportCc feedback, Instant now)
    {
        if (!_options.HasArrivalTimes)
        {
            return;
        }

        _intake.Begin(feedback);
        TakeArrivals(feedback, now);
        if (_intake.NewestSent == long.MinValue)
        {
            return;
        }

        _unanswered = Instant.Never;
        _nextSilence = Instant.Never;
        _lastReport = now;
        LearnRoundTrip(now);
        if (IsSilent)
        {
            EndSilence(now);
            return;
        }

        _delay.Update(_limited.IsLimited, now - _probes.LastProbe < RoundTrip + s_probeEcho, _loss.Inherent, RoundTrip, now);
        TakeProbeResult(now);
        _loss.Update(_delay.Rate, _delay.Acknowledged, now);
        Settle(now);
    }

    /// <summary>The next packet that the reports show to be lost; ask after each report, until there is none.</summary>
    public bool TryTakeLost(Instant now, out LostPacket lost) => _lost.TryTake(now, out lost);

    /// <summary>The receiver's own estimate. Used when it reports no arrival times.</summary>
    public void OnRemb(in Remb remb, Instant now)
    {
        var ceiling = Math.Min(remb.BitsPerSecond, (ulong)Bitrate.Unlimited.BitsPerSecond);
        _remb.OnRemb(new Bitrate((long)ceiling), now);
        SettleWithoutArrivals();
    }

    /// <summary>Loss and round trip by a receiver report. Used when the receiver reports no arrival times.</summary>
    /// <param name="loss">0 to 1, the mean over its streams weighed by packets, or the worst.</param>
    /// <param name="roundTrip">Zero: unknown.</param>
    /// <param name="now">Time.</param>
    public void OnReceiverReport(double loss, TimeSpan roundTrip, Instant now)
    {
        _remb.OnReceiverReport(loss, roundTrip, now);
        SettleWithoutArrivals();
    }

    /// <summary>Every 10 ms or so.</summary>
    public void OnTick(Instant now)
    {
        if (!_options.HasArrivalTimes)
        {
            _remb.OnTick(now);
            SettleWithoutArrivals();
        }
        else if (now >= _nextSilence)
        {
            OnSilence(now);
        }
    }

    /// <summary>
    /// Asks whether a probe shall begin now; packets sent from here on are part of it until it is complete. In silence it is
    /// one packet from time to time: once nothing else is sent, only its report can end the silence.
    /// </summary>
    public bool TryTakeProbe(Instant now, out ProbePlan plan)
    {
        plan = default;
        if (!_options.HasArrivalTimes)
        {
            return false;
        }

        if (IsSilent)
        {
            plan = new ProbePlan(0, s_questionRate, s_probeTail, QuestionBytes);
            var asks = _mayAsk;
            _mayAsk = false;
            return asks;
        }

        // Where all pictures are paused nothing brings reports, and the last judgement would stand for ever.
        var usage = now - _lastReport > s_stale ? LineUsage.Normal : _delay.Usage;
        var situation = new ProbeSituation(Estimate, Wanted, usage, RoundTrip);
        if (!_probes.TryPlan(situation, now, out plan))
        {
            return false;
        }

        _clusters.Begin(plan);
        _active = plan;
        _activeBytes = 0;
        _activeUntil = now + plan.Duration + s_probeTail;
        return true;
    }

    private byte TakeCluster(int bytes, Instant now)
    {
        if (now > _activeUntil || _activeBytes >= _active.Bytes)
        {
            return 0;
        }

        _activeBytes += bytes;
        return _active.Cluster;
    }

    private void TakeArrivals(in TransportCc feedback, Instant now)
    {
        Span<Arrival> arrivals = stackalloc Arrival[FeedbackIntake.BlockSize];
        var statuses = feedback.GetEnumerator();
        while (_intake.TryReadBlock(ref statuses, arrivals, now, out var count))
        {
            foreach (ref readonly var arrival in arrivals[..count])
            {
                _delay.OnArrived(arrival, _limited.IsLimited, now);
                if (arrival.Cluster != 0)
                {
                    _clusters.OnArrived(arrival.Cluster, arrival.Bytes, arrival.Sent, arrival.Arrived);
                }
            }
        }
    }

    private void LearnRoundTrip(Instant now)
    {
        _lastRoundTrip = TimeSpan.FromMicroseconds(now.Microseconds - _intake.NewestSent);
        _roundTrip = _roundTrip == TimeSpan.Zero ? _lastRoundTrip : (_roundTrip * 0.875) + (_lastRoundTrip * 0.125);
    }

    private void TakeProbeResult(Instant now)
    {
        var open = _probes.Open;
        if (open == 0 || !_clusters.TryMeasure(open, out var measurement))
        {
            return;
        }

        _probes.OnResult(measurement, Estimate);
        _confirmed = measurement.Rate > Estimate ? now : _confirmed;
        _delay.OnProbe(measurement, now);
    }

    private void Settle(Instant now)
    {
        var before = Estimate;
        Estimate = Bitrate.Max(_options.Least, Bitrate.Min(_delay.Rate, _loss.Rate));
        if (Estimate < before * 0.95)
        {
            _probes.OnFall(before, Estimate, now);
        }
    }

    private void SettleWithoutArrivals()
    {
        if (!_options.HasArrivalTimes)
        {
            Estimate = _remb.Rate;
        }
    }

    // The line is dead or its queue is endless: halve until a report comes.
    private void OnSilence(Instant now)
    {
        _beforeSilence = Bitrate.Max(_beforeSilence, Estimate);
        _delay.OnSilence(SilenceFactor, now);
        Estimate = Bitrate.Min(Estimate, _delay.Rate);
        _nextSilence = now + RoundTrip + s_silence;
        _mayAsk = true;
    }

    // What was lost meanwhile was lost by the interruption, and the old delay is no measure for the new: begin again.
    private void EndSilence(Instant now)
    {
        _loss.Discard(now);
        _delay.Restart(Bitrate.Min(_beforeSilence, _options.Start), now);
        _probes.Restart();
        _beforeSilence = Bitrate.Zero;
        Settle(now);
    }
}
