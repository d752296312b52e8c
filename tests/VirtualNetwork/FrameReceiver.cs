using Classroom.Rtc;

namespace Classroom.VirtualNetwork;

/// <summary>
/// Puts the frames of one stream together and shows them in order. A freeze is a gap as browsers count it: three frame
/// intervals, or 150 ms more than one.
/// </summary>
internal sealed class FrameReceiver
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMilliseconds(150);

    // As libwebrtc waits for a frame that it can decode, and for the first (video/video_receive_stream2.cc).
    private static readonly TimeSpan s_stuck = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_stuckAtStart = TimeSpan.FromMilliseconds(200);
    private readonly SortedDictionary<long, Partial> _partial = [];
    private long _next = -1;
    private Instant _lastShown = Instant.Never;
    private Instant _lastPacket = Instant.Never;
    private Instant _waiting = Instant.Never;

    public int Freezes { get; private set; }

    public TimeSpan FrozenTime { get; private set; }

    public TimeSpan LongestFreeze { get; private set; }

    public long Shown { get; private set; }

    /// <summary>Packets before this one are of no use any more.</summary>
    public long NextPacket { get; private set; }

    public void OnPacket(VirtualPacket packet, Instant now)
    {
        var frame = packet.Frame!;
        // After a pause the wait begins anew.
        _waiting = now - _lastPacket > s_stuck ? now : Instant.Min(_waiting, now);
        _lastPacket = now;
        if (frame.Number < _next)
        {
            return;
        }

        if (!_partial.TryGetValue(frame.Number, out var partial))
        {
            partial = new Partial(frame);
            _partial[frame.Number] = partial;
        }

        if (partial.Seen.Add(packet.Index) && partial.IsComplete)
        {
            Show(now);
        }
    }

    /// <summary>True when nothing could be shown for long although packets come; asked again after as long.</summary>
    public bool NeedsKeyframe(Instant now)
    {
        var stuck = _lastShown == Instant.Never ? s_stuckAtStart : s_stuck;
        if (_waiting == Instant.Never || now - _waiting < stuck || now - _lastPacket > stuck)
        {
            return false;
        }

        _waiting = now;
        return true;
    }

    private void Show(Instant now)
    {
        while (NextDecodable() is { } partial)
        {
            Count(partial.Frame, now);
            _next = partial.Frame.Number + 1;
            NextPacket = partial.Frame.First + partial.Frame.Packets;
            _waiting = now;
            foreach (var old in _partial.Keys.TakeWhile(number => number < _next).ToArray())
            {
                _partial.Remove(old);
            }
        }
    }

    private Partial? NextDecodable()
    {
        if (_partial.TryGetValue(_next, out var following) && following.IsComplete)
        {
            return following;
        }

        return _partial.Values.FirstOrDefault(p => p.IsComplete && p.Frame.IsKey);
    }

    private void Count(VirtualFrame frame, Instant now)
    {
        Shown++;
        var gap = now - _lastShown;
        var tolerated = TimeSpan.FromTicks(Math.Max(frame.Interval.Ticks * 3, (frame.Interval + s_tolerance).Ticks));
        if (_lastShown != Instant.Never && !frame.IsResumption && gap > tolerated)
        {
            Freezes++;
            FrozenTime += gap - frame.Interval;
            LongestFreeze = gap > LongestFreeze ? gap : LongestFreeze;
        }

        _lastShown = now;
    }

    private sealed record Partial(VirtualFrame Frame)
    {
        public HashSet<int> Seen { get; } = [];

        public bool IsComplete => Seen.Count == Frame.Packets;
    }
}
