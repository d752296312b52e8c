namespace Classroom.Rtc.Congestion;

/// <summary>What arrival times say: groups, their trend, the rate that arrives, and the rate that follows.</summary>
internal sealed class DelayEstimate(BandwidthOptions options)
{
    // A rise on top of a queue would only make it longer.
    private const double MostQueueMs = 20;

    // On a slow line a frame of our own is a queue for as long as it takes.
    private const int FrameBytes = 4800;

    // A queue as long as this is no doubt, whatever its trend; and while it stands, what arrives is what the line takes.
    private const double LongQueueMs = 90;

    // A queue that neither grows nor shrinks has no trend, and would stay for ever.
    private const double StandingFactor = 1.4;
    private static readonly TimeSpan s_standing = TimeSpan.FromMilliseconds(300);
    // The queue shall be gone a second later, whatever else is said.
    private const double DrainMs = 600;
    private const double MostDrain = 0.8;
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(2);
    private readonly DelayTrend _trend = new();
    private readonly AcknowledgedRate _acknowledged = new();
    private readonly DelayControl _control = new(options.Start, options.Least, options.Most);
    private static readonly TimeSpan s_burstValidity = TimeSpan.FromSeconds(1);
    private Instant _standingSince = Instant.Never;
    private double _lastQueueMs;
    private Instant _now = Instant.MinValue;
    private ArrivalGroups _groups;
    private Bitrate _burst;
    private Instant _burstAt = Instant.MinValue;
    private QueueDelay _queue;

    /// <summary>What may be sent: less than the line takes while a queue that was too long is emptied.</summary>
    public Bitrate Rate => IsDraining ? _control.Rate * (1 - Math.Clamp((_queue.Milliseconds - ToleratedMs) / DrainMs, 0, MostDrain)) : _control.Rate;

    public Bitrate Acknowledged => _acknowledged.Rate;

    /// <summary>What the line carries: what arrives and what it loses anyway.</summary>
    public Bitrate Carried { get; private set; }

    /// <summary>Smoothed waiting time in the queue on the way.</summary>
    public TimeSpan Queue => TimeSpan.FromMilliseconds(_queue.Milliseconds);

    public LineUsage Usage { get; private set; }

    private double ToleratedMs => Math.Max(MostQueueMs, FrameBytes * 8.0 / _control.Rate.KilobitsPerSecond);

    private bool IsDraining => _now - _control.LastDecrease < s_drain;

    public void OnArrived(in Arrival arrival, bool isLimited, Instant now)
    {
        _acknowledged.Add(arrival.Bytes, arrival.Arrived, isLimited);
        if (_groups.TryAdd(arrival.Sent, arrival.Arrived, arrival.Bytes, now.Microseconds, out var delta))
        {
            _queue.Add(arrival.Sent, arrival.Arrived);
            _trend.Add(delta, arrival.Arrived, _queue.Milliseconds);
            LearnBurst(delta.Burst, now);
        }
    }

    /// <summary>A whole report has been taken.</summary>
    /// <param name="isLimited">Less is sent than could be.</param>
    /// <param name="isProbing">A probe is on its way: the queue that it makes is its own.</param>
    /// <param name="inherentLoss">Share that the line loses whatever is sent: the line has carried that much more.</param>
    /// <param name="roundTrip">To the receiver and back.</param>
    /// <param name="now">Time.</param>
    public void Update(bool isLimited, bool isProbing, double inherentLoss, TimeSpan roundTrip, Instant now)
    {
        _now = now;
        var isLong = _queue.Milliseconds > LongQueueMs;
        var arriving = isLong ? Bitrate.Min(_acknowledged.Rate, _acknowledged.Latest) : _acknowledged.Rate;
        Carried = arriving * (1 / (1 - inherentLoss));
        var mayRise = !isLimited && _queue.Milliseconds < ToleratedMs;
        var narrowest = !isLong && now - _burstAt < s_burstValidity ? Bitrate.Max(_burst * (1 / (1 - inherentLoss)), Carried) : Carried;
        Usage = (isLong && _queue.Milliseconds > _lastQueueMs) || IsStanding(roundTrip, now) ? LineUsage.Over : _trend.Usage;
        _lastQueueMs = _queue.Milliseconds;
        if (isProbing && Usage == LineUsage.Over && !isLong)
        {
            Usage = LineUsage.Under;
        }

        _control.Update(Usage, Carried, narrowest, mayRise, roundTrip, now);
    }

    public void OnProbe(in ProbeMeasurement probe, Instant now)
    {
        if (Usage != LineUsage.Over)
        {
            _control.OnProbe(probe, now);
            LearnBurst(probe.Arrived, now);
            _acknowledged.ExpectChange();
        }
    }

    public void OnSilence(double factor, Instant now) => _control.OnSilence(factor, now);

    /// <summary>After an interruption nothing of the path's past means anything.</summary>
    /// <param name="rate">To begin again with.</param>
    /// <param name="now">Time.</param>
    public void Restart(Bitrate rate, Instant now)
    {
        _control.Restart(rate, now);
        _groups = default;
        _queue = default;
        _trend.Reset();
        _acknowledged.Reset();
        _burstAt = Instant.MinValue;
    }

    private bool IsStanding(TimeSpan roundTrip, Instant now)
    {
        _standingSince = _queue.Milliseconds < ToleratedMs * StandingFactor ? Instant.Never : Instant.Min(_standingSince, now);
        if (_standingSince == Instant.Never || now - _standingSince < roundTrip + s_standing)
        {
            return false;
        }

        _standingSince = now;
        return true;
    }

    private void LearnBurst(Bitrate burst, Instant now)
    {
        if (burst > Bitrate.Zero)
        {
            _burst = now - _burstAt < s_burstValidity ? (_burst + burst) * 0.5 : burst;
            _burstAt = now;
        }
    }
}
