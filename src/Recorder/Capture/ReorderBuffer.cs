using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>Puts packets in order and waits a little for missing ones, which retransmission may still bring.</summary>
internal sealed class ReorderBuffer(TimeSpan hold)
{
    private const int MaxWaiting = 4096;
    private readonly Dictionary<long, CapturedPacket> _waiting = [];
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(60);
    private long _next = long.MinValue;
    private Instant _settled = Instant.Never;
    private bool _started;
    private Instant _missingSince = Instant.Never;

    /// <summary>Packets that came after their place had been given up, or twice.</summary>
    public long Late { get; private set; }

    public void Add(long sequence, CapturedPacket packet)
    {
        // Until something was given out, a packet from before the first one is welcome: the first ones may come out of order too.
        if (!_started)
        {
            _next = _next == long.MinValue ? sequence : Math.Min(_next, sequence);
            _settled = Instant.Min(_settled, packet.Arrival + Settle);
        }

        if (sequence < _next || !_waiting.TryAdd(sequence, packet))
        {
            Late++;
            packet.Return();
        }
    }

    /// <summary>The next packet in order, which the caller returns to the pool.</summary>
    /// <param name="lost">How many packets before it are missing and given up.</param>
    public bool TryTake(Instant now, out CapturedPacket packet, out int lost)
    {
        lost = 0;
        packet = default;
        if (now < _settled)
        {
            return false;
        }

        _started = true;
        if (_waiting.Remove(_next, out packet))
        {
            _next++;
            _missingSince = Instant.Never;
            return true;
        }

        if (_waiting.Count == 0)
        {
            return false;
        }

        _missingSince = Instant.Min(_missingSince, now);
        if (now - _missingSince < hold && _waiting.Count < MaxWaiting)
        {
            return false;
        }

        var first = _waiting.Keys.Min();
        lost = (int)Math.Min(first - _next, int.MaxValue);
        _waiting.Remove(first, out packet);
        _next = first + 1;
        _missingSince = Instant.Never;
        return true;
    }

    public void Clear()
    {
        foreach (var packet in _waiting.Values)
        {
            packet.Return();
        }

        _waiting.Clear();
        _next = long.MinValue;
        _settled = Instant.Never;
        _started = false;
        _missingSince = Instant.Never;
    }
}
