namespace Classroom.Rtc.Congestion;

/// <summary>What arrival times say: groups, their trend, the rate that arrives, and the rate that follows.</summary>
internal sealed class DelayEstimate(BandwidthOptions options)
{
    private readonly DelayTrend _trend = new();
    private readonly AcknowledgedRate _acknowledged = new();
    private readonly DelayControl _control = new(options.Start, options.Least, options.Most);
    private ArrivalGroups _groups;

    public Bitrate Rate => _control.Rate;

    public Bitrate Acknowledged => _acknowledged.Rate;

    public LineUsage Usage => _trend.Usage;

    public void OnArrived(in Arrival arrival, bool isLimited, Instant now)
    {
        _acknowledged.Add(arrival.Bytes, arrival.Arrived, isLimited);
        if (_groups.TryAdd(arrival.Sent, arrival.Arrived, now.Microseconds, out var delta))
        {
            _trend.Add(delta, arrival.Arrived);
        }
    }

    /// <summary>A whole report has been taken.</summary>
    public void Update(bool isLimited, TimeSpan roundTrip, Instant now) =>
        _control.Update(_trend.Usage, _acknowledged.Rate, isLimited, roundTrip, now);

    public void OnProbe(Bitrate measured, Instant now)
    {
        if (_trend.Usage != LineUsage.Over)
        {
            _control.OnProbe(measured, now);
            _acknowledged.ExpectChange();
        }
    }

    public void OnSilence(double factor, Instant now) => _control.OnSilence(factor, now);

    /// <summary>After an interruption nothing of the path's past means anything.</summary>
    public void Reset()
    {
        _groups = default;
        _trend.Reset();
        _acknowledged.Reset();
    }
}
