namespace Classroom.Rtc.Congestion;

/// <summary>
/// The rate at which packets arrive at the receiver. Samples of 150 ms are weighed by how far they lie from what was
/// believed, so that one frame more or less in a window moves little and a real change moves at once.
/// </summary>
internal sealed class AcknowledgedRate
{
    private const double FirstWindowMs = 500;
    private const double WindowMs = 150;
    private const double Uncertainty = 10;

    // While the application sends less than it could, a low sample says little about the line.
    private const double LimitedUncertainty = 20;
    private double _lastArrivalMs = double.NaN;
    private double _windowMs;
    private double _bytes;
    private double _kilobits = -1;
    private double _variance = 50;

    public bool IsKnown => _kilobits >= 0;

    public Bitrate Rate => IsKnown ? Bitrate.FromKilobits(_kilobits) : Bitrate.Zero;

    /// <summary>The last complete window by itself. Exact while a queue stands on the way, wild otherwise.</summary>
    public Bitrate Latest { get; private set; }

    /// <param name="bytes">Size of a packet that arrived.</param>
    /// <param name="arrived">Microseconds on the receiver's clock.</param>
    /// <param name="isLimited">The application sent less than it could.</param>
    public void Add(int bytes, long arrived, bool isLimited)
    {
        var sample = Measure(bytes, arrived / 1000.0, IsKnown ? WindowMs : FirstWindowMs);
        if (sample < 0)
        {
            return;
        }

        Latest = Bitrate.FromKilobits(sample);
        if (!IsKnown)
        {
            _kilobits = sample;
            return;
        }

        var scale = isLimited && sample < _kilobits ? LimitedUncertainty : Uncertainty;
        var uncertainty = scale * Math.Abs(_kilobits - sample) / Math.Max(_kilobits, 1);
        var sampleVariance = uncertainty * uncertainty;
        var predicted = _variance + 5;
        _kilobits = ((sampleVariance * _kilobits) + (predicted * sample)) / (sampleVariance + predicted);
        _variance = sampleVariance * predicted / (sampleVariance + predicted);
    }

    public void Reset()
    {
        _lastArrivalMs = double.NaN;
        _windowMs = 0;
        _bytes = 0;
        _kilobits = -1;
        _variance = 50;
    }

    /// <returns>Kilobits per second of a window that is complete, or −1.</returns>
    private double Measure(int bytes, double nowMs, double window)
    {
        var sample = -1.0;
        if (!double.IsNaN(_lastArrivalMs))
        {
            // What was overtaken on the way counts in the window that is open.
            var elapsed = Math.Max(0, nowMs - _lastArrivalMs);
            _windowMs += elapsed;
            if (elapsed > window)
            {
                // Nothing came for a whole window.
                _bytes = 0;
                _windowMs %= window;
            }
        }

        _lastArrivalMs = double.IsNaN(_lastArrivalMs) ? nowMs : Math.Max(nowMs, _lastArrivalMs);
        if (_windowMs >= window)
        {
            sample = 8 * _bytes / window;
            _windowMs -= window;
            _bytes = 0;
        }

        _bytes += bytes;
        return sample;
    }
}
