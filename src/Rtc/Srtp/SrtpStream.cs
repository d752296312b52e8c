using System.Runtime.CompilerServices;

namespace Classroom.Rtc.Srtp;

/// <summary>What SRTP remembers of one SSRC that is received.</summary>
internal sealed class SrtpStream
{
    public ReplayWindow Window { get; } = new();

    /// <summary>See <see cref="PacketIndex.Estimate"/>.</summary>
    public long EstimateIndex(ushort sequence) => PacketIndex.Estimate(Window.Highest, sequence);
}

/// <summary>The received streams by SSRC, bounded; the last one used is found without a look-up.</summary>
internal sealed class SrtpStreams(int capacity)
{
    private readonly Dictionary<uint, SrtpStream> _streams = [];
    private SrtpStream? _last;
    private uint _lastSsrc;

    public bool IsFull => _streams.Count >= capacity;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SrtpStream? Find(uint ssrc)
    {
        if (_last is not null && _lastSsrc == ssrc)
        {
            return _last;
        }

        if (_streams.TryGetValue(ssrc, out var stream))
        {
            _last = stream;
            _lastSsrc = ssrc;
        }

        return stream;
    }

    public SrtpStream Add(uint ssrc)
    {
        var stream = new SrtpStream();
        _streams.Add(ssrc, stream);
        return stream;
    }

    public void Remove(uint ssrc)
    {
        _streams.Remove(ssrc);
        _last = null;
    }
}
