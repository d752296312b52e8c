using System.Runtime.CompilerServices;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>Measured rates of the layers within one encoding.</summary>
internal sealed class LayerRates
{
    private const int MaxTemporal = 4;

    private readonly RateMeter[] _rates = new RateMeter[LayerTarget.MaxSpatial * MaxTemporal];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref readonly PictureInfo picture, int bytes)
    {
        var spatial = Math.Min((int)picture.Spatial, LayerTarget.MaxSpatial - 1);
        _rates[(spatial * MaxTemporal) + Math.Min((int)picture.Temporal, MaxTemporal - 1)].Add(bytes);
    }

    /// <summary>Called about once a second or more often.</summary>
    public void Tick(Instant now)
    {
        for (var i = 0; i < _rates.Length; i++)
        {
            _rates[i].Tick(now);
        }
    }

    /// <summary>Of a layer together with all below it.</summary>
    public double BitsPerSecond(int spatial, int temporal)
    {
        var sum = 0.0;
        for (var s = 0; s <= Math.Min(spatial, LayerTarget.MaxSpatial - 1); s++)
        {
            for (var t = 0; t <= Math.Min(temporal, MaxTemporal - 1); t++)
            {
                sum += _rates[(s * MaxTemporal) + t].BitsPerSecond;
            }
        }

        return sum;
    }
}
