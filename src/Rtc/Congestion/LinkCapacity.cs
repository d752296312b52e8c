namespace Classroom.Rtc.Congestion;

/// <summary>Where the line was full before: the mean and spread of the rates that arrived while it was over-used.</summary>
internal struct LinkCapacity
{
    private const double Weight = 0.05;
    private const double LeastDeviation = 0.4;
    private const double MostDeviation = 2.5;
    private double _kilobits;
    private double _deviation;

    public readonly bool IsKnown => _kilobits > 0;

    public readonly Bitrate Estimate => Bitrate.FromKilobits(_kilobits);

    /// <summary>A rate above this says that the line has grown.</summary>
    public readonly Bitrate Upper => IsKnown ? Bitrate.FromKilobits(_kilobits + (3 * Spread)) : Bitrate.Unlimited;

    /// <summary>A rate below this says that the line has shrunk.</summary>
    public readonly Bitrate Lower => IsKnown ? Bitrate.FromKilobits(Math.Max(0, _kilobits - (3 * Spread))) : Bitrate.Zero;

    // The deviation is kept relative to the square root of the rate.
    private readonly double Spread => Math.Sqrt(_deviation * _kilobits);

    public void OnOveruse(Bitrate acknowledged) => Learn(acknowledged.KilobitsPerSecond, Weight);

    public void OnProbe(Bitrate measured) => Learn(measured.KilobitsPerSecond, 0.5);

    public void Reset() => _kilobits = 0;

    private void Learn(double sample, double weight)
    {
        if (!IsKnown)
        {
            _kilobits = sample;
            _deviation = LeastDeviation;
            return;
        }

        _kilobits += weight * (sample - _kilobits);
        var error = _kilobits - sample;
        _deviation += weight * ((error * error / Math.Max(_kilobits, 1)) - _deviation);
        _deviation = Math.Clamp(_deviation, LeastDeviation, MostDeviation);
    }
}
