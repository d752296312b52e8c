namespace Classroom.Rtc.Congestion;

/// <summary>What arrival times say: groups, their trend, the queue, the rate that arrives, and the rate that follows.</summary>
internal sealed class DelayEstimate(BandwidthOptions options)
{
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(2);
    private readonly DelayTrend _trend = new();
    private readonly QueueWatch _queue = new();
    private readonly AcknowledgedRate _arriving = new();
    private readonly DelayControl _control = new(options.Start, options.Least, options.Most);
    private ArrivalGroups _groups;
    private BurstRate _bursts = new();

    /// <summary>What may be sent: less than the line takes while a queue that was too long is emptied.</summary>
    public Bitrate Rate { get; private set; } = options.Start;

    /// <summary>What arrives.</summary>
    public Bitrate Acknowledged { get; private set; }

    /// <summary>Waiting time in the queue on the way, smoothed.</summary>
    public TimeSpan Queue => TimeSpan.FromMilliseconds(_queue.Milliseconds);

    public LineUsage Usage { get; private set; }

    public void OnArrived(in Arrival arrival, bool isLimited, Instant now)
    {
        _arriving.Add(arrival.Bytes, arrival.Arrived, isLimited);
        if (_groups.TryAdd(arrival.Sent, arrival.Arrived, arrival.Bytes, now.Microseconds, out var delta))
        {
            _queue.Add(arrival.Sent, arrival.Arrived);
            _trend.Add(delta, arrival.Arrived, _queue.Milliseconds);
            _bursts.Learn(delta.Burst, now);
        }
    }

    /// <summary>A whole report has been taken.</summary>
    /// <param name="isLimited">Less is sent than could be.</param>
    /// <param name="isProbing">A probe is on its way: the queue that it makes is its own.</param>
    /// <param name="inherentLoss">Share that the line loses whatever is sent.</param>
    /// <param name="roundTrip">To the receiver and back.</param>
    /// <param name="now">Time.</param>
    public void Update(bool isLimited, bool isProbing, double inherentLoss, TimeSpan roundTrip, Instant now)
    {
        _queue.Update(_control.Rate, roundTrip, now);
        Usage = Judge(isProbing);

        // What arrives and what the line loses anyway. While a queue stands, the last window is exactly what the line takes.
        var carried = _queue.IsLong ? _arriving.Latest : _arriving.Rate;
        Acknowledged = _arriving.Rate * (1 - inherentLoss);
        var narrowest = _queue.IsLong ? carried : Bitrate.Max(_bursts.At(now), carried);
        var mayRise = !isLimited && _queue.IsTolerable;
        _control.Update(Usage, new LineRate(carried, narrowest), mayRise, roundTrip, now);
        Settle(now);
    }

    public void OnProbe(in ProbeMeasurement probe, Instant now)
    {
        if (Usage != LineUsage.Over)
        {
            _control.OnProbe(probe, now);
            _bursts.Learn(probe.Arrived, now);
            Settle(now);
        }
    }

    public void OnSilence(double factor, Instant now)
    {
        _control.OnSilence(factor, now);
        Settle(now);
    }

    /// <summary>After an interruption nothing of the path's past means anything.</summary>
    /// <param name="rate">To begin again with.</param>
    /// <param name="now">Time.</param>
    public void Restart(Bitrate rate, Instant now)
    {
        _control.Restart(rate, now);
        _groups = default;
        _queue.Reset();
        _trend.Reset();
        _arriving.Reset();
        _bursts = new BurstRate();
        Settle(now);
    }

    private LineUsage Judge(bool isProbing)
    {
        var usage = _queue.IsOver ? LineUsage.Over : _trend.Usage;
        return isProbing && usage == LineUsage.Over && !_queue.IsLong ? LineUsage.Under : usage;
    }

    private void Settle(Instant now)
    {
        var isDraining = now - _control.LastDecrease < s_drain;
        Rate = isDraining ? _control.Rate * _queue.DrainFactor : _control.Rate;
    }
}
