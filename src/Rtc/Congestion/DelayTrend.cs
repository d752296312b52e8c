namespace Classroom.Rtc.Congestion;

/// <summary>What the delay says about the use of the line.</summary>
public enum LineUsage : byte
{
    /// <summary>The queue on the way is steady.</summary>
    Normal,

    /// <summary>The queue shrinks: it is being emptied.</summary>
    Under,

    /// <summary>The queue grows: more is sent than the line takes.</summary>
    Over,
}

/// <summary>
/// Fits a line through the smoothed one-way delay of the last groups and compares its slope with a threshold that adapts
/// to the noise of the path (draft-ietf-rmcat-gcc-02, 5.4 and 5.5; the line fit instead of the draft's Kalman filter).
/// </summary>
internal sealed class DelayTrend
{
    private const int Window = 20;
    private const double Smoothing = 0.9;
    private const double Gain = 4;
    private const int MostDeltas = 60;
    private const double OverTimeMs = 10;
    private const double ThresholdUp = 0.0087;
    private const double ThresholdDown = 0.039;
    private const double LeastThreshold = 6;
    private const double MostThreshold = 600;

    // A spike so far beyond the threshold is no noise to adapt to.
    private const double LargestAdaptation = 15;
    private const double NoiseMs = 25;
    private readonly Point[] _points = new Point[Window];
    private int _deltas;
    private int _next;
    private double _firstArrivalMs;
    private double _accumulated;
    private double _smoothed;
    private double _slope;
    private double _lastSlope;
    private double _threshold = 12.5;
    private double _lastAdaptedMs = double.NaN;
    private double _overMs = -1;
    private int _overCount;

    public LineUsage Usage { get; private set; }

    /// <summary>Takes the next pair of groups.</summary>
    /// <param name="delta">Between the groups.</param>
    /// <param name="arrived">Arrival of the later one, in microseconds on the receiver's clock.</param>
    /// <param name="queueMs">Waiting time in the queue: while there is one, a slope is no noise to get used to.</param>
    public void Add(GroupDelta delta, long arrived, double queueMs)
    {
        var arrivalMs = arrived / 1000.0;
        _firstArrivalMs = _deltas == 0 ? arrivalMs : _firstArrivalMs;
        _deltas = Math.Min(_deltas + 1, 1000);
        _accumulated += (delta.ArrivalMicroseconds - delta.SendMicroseconds) / 1000.0;
        _smoothed = (Smoothing * _smoothed) + ((1 - Smoothing) * _accumulated);
        _points[_next] = new Point(arrivalMs - _firstArrivalMs, _smoothed);
        _next = (_next + 1) % Window;
        if (_deltas >= Window)
        {
            FitSlope();
        }

        Detect(delta.SendMicroseconds / 1000.0, arrivalMs, queueMs);
    }

    /// <summary>Forgets the path, for example after an interruption.</summary>
    public void Reset()
    {
        _deltas = 0;
        _next = 0;
        _accumulated = 0;
        _smoothed = 0;
        _slope = 0;
        _lastSlope = 0;
        _overMs = -1;
        _overCount = 0;
        Usage = LineUsage.Normal;
    }

    private void FitSlope()
    {
        double sumX = 0, sumY = 0;
        foreach (var point in _points)
        {
            sumX += point.TimeMs;
            sumY += point.DelayMs;
        }

        var (meanX, meanY) = (sumX / Window, sumY / Window);
        double numerator = 0, denominator = 0;
        foreach (var point in _points)
        {
            var x = point.TimeMs - meanX;
            numerator += x * (point.DelayMs - meanY);
            denominator += x * x;
        }

        _slope = denominator > 0 ? numerator / denominator : _slope;
    }

    private void Detect(double sendDeltaMs, double nowMs, double queueMs)
    {
        if (_deltas < 2)
        {
            Usage = LineUsage.Normal;
            return;
        }

        var trend = Math.Min(_deltas, MostDeltas) * _slope * Gain;
        if (trend > _threshold)
        {
            OnAbove(sendDeltaMs);
        }
        else
        {
            _overMs = -1;
            _overCount = 0;
            Usage = trend < -_threshold ? LineUsage.Under : LineUsage.Normal;
        }

        _lastSlope = _slope;
        Adapt(trend, nowMs, queueMs);
    }

    // One excursion is noise; it has to last, and must not be on its way back already.
    private void OnAbove(double sendDeltaMs)
    {
        _overMs = _overMs < 0 ? sendDeltaMs / 2 : _overMs + sendDeltaMs;
        _overCount++;
        if (_overMs > OverTimeMs && _overCount > 1 && _slope >= _lastSlope)
        {
            _overMs = 0;
            _overCount = 0;
            Usage = LineUsage.Over;
        }
    }

    private void Adapt(double trend, double nowMs, double queueMs)
    {
        var elapsed = double.IsNaN(_lastAdaptedMs) ? 0 : Math.Clamp(nowMs - _lastAdaptedMs, 0, 100);
        _lastAdaptedMs = nowMs;
        var size = Math.Abs(trend);
        if (size > _threshold + LargestAdaptation || (size > _threshold && queueMs > NoiseMs))
        {
            return;
        }

        var speed = size < _threshold ? ThresholdDown : ThresholdUp;
        _threshold = Math.Clamp(_threshold + (speed * (size - _threshold) * elapsed), LeastThreshold, MostThreshold);
    }

    private readonly record struct Point(double TimeMs, double DelayMs);
}
