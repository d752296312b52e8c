using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>What became of the encodings of a publication, while they rest or their sender's line does not carry them.</summary>
internal sealed class LayerHistory
{
    // Rates swing with what is in the picture; the last high one is forgotten within a minute.
    private const double Fading = 0.995;
    private static readonly TimeSpan s_missingAfter = TimeSpan.FromSeconds(3);

    private readonly double[] _rates = new double[LayerTarget.MaxSpatial];
    private readonly Instant[] _askedSince = new Instant[LayerTarget.MaxSpatial];
    private readonly bool[] _missing = new bool[LayerTarget.MaxSpatial];

    public LayerHistory() => Array.Fill(_askedSince, Instant.Never);

    /// <summary>Bits per second that it took when it last came; 0 when it never did.</summary>
    public double LastRate(int spatial) => _rates[spatial];

    /// <summary>Somebody wants it, its sender knows, and it does not come: the sender's line does not carry it.</summary>
    public bool IsMissing(int spatial) => spatial > 0 && _missing[spatial];

    /// <summary>Ten times a second or so.</summary>
    public void Update(int spatial, bool isFlowing, double bitsPerSecond, bool isWanted, Instant now)
    {
        if (isFlowing)
        {
            _rates[spatial] = Math.Max(_rates[spatial] * Fading, bitsPerSecond);
        }

        _askedSince[spatial] = isFlowing || !isWanted ? Instant.Never : Instant.Min(_askedSince[spatial], now);
        _missing[spatial] = now - _askedSince[spatial] > s_missingAfter;
    }
}
