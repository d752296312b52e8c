using System.Runtime.InteropServices;

namespace Classroom.Rtc.Congestion;

/// <summary>What the end of a group shows.</summary>
/// <param name="SendMicroseconds">How much later it left than the end of the group before.</param>
/// <param name="ArrivalMicroseconds">How much later it arrived.</param>
/// <param name="Burst">The rate at which the packets of the group arrived, when they were enough to tell; or zero.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GroupDelta(long SendMicroseconds, long ArrivalMicroseconds, Bitrate Burst);

/// <summary>
/// Packets that left within 5 ms count as one, as do those that a queue on the way let go in one burst: only between
/// groups does a growing delay mean a growing queue (draft-ietf-rmcat-gcc-02, 5.2).
/// </summary>
internal struct ArrivalGroups
{
    private const long GroupMicroseconds = 5_000;
    private const long LongestBurstMicroseconds = 100_000;
    private const long LargestJumpMicroseconds = 3_000_000;
    private const int MostReordered = 3;
    private const int LeastBurst = 4;
    private Group _current;
    private Group _previous;
    private int _reordered;

    /// <param name="sent">Microseconds on our clock.</param>
    /// <param name="arrived">Microseconds on the receiver's clock.</param>
    /// <param name="bytes">Size.</param>
    /// <param name="reported">When we heard of it, in microseconds on our clock.</param>
    /// <param name="delta">Between the two groups that are now complete.</param>
    public bool TryAdd(long sent, long arrived, int bytes, long reported, out GroupDelta delta)
    {
        delta = default;
        if (!_current.IsStarted)
        {
            _current = Group.Begin(sent, arrived, reported);
            return false;
        }

        if (sent < _current.FirstSent)
        {
            // It was overtaken by the group that came after its own.
            return false;
        }

        if (!StartsGroup(sent, arrived))
        {
            _current.LastSent = Math.Max(_current.LastSent, sent);
            _current.LastArrived = arrived;
            _current.Reported = reported;
            _current.BytesBehindFirst += bytes;
            _current.Packets++;
            return false;
        }

        var complete = _previous.IsStarted && TryCompare(out delta);
        if (_current.IsStarted)
        {
            _previous = _current;
        }

        _current = Group.Begin(sent, arrived, reported);
        return complete;
    }

    private readonly bool StartsGroup(long sent, long arrived)
    {
        var arrival = arrived - _current.LastArrived;
        var propagation = arrival - (sent - _current.LastSent);
        var isBurst = sent == _current.LastSent
            || (propagation < 0 && arrival <= GroupMicroseconds && arrived - _current.FirstArrived < LongestBurstMicroseconds);
        return !isBurst && sent - _current.FirstSent > GroupMicroseconds;
    }

    private bool TryCompare(out GroupDelta delta)
    {
        delta = new GroupDelta(_current.LastSent - _previous.LastSent, _current.LastArrived - _previous.LastArrived, _current.Burst);
        if (delta.ArrivalMicroseconds - (_current.Reported - _previous.Reported) >= LargestJumpMicroseconds)
        {
            // The receiver's clock has jumped.
            this = default;
            return false;
        }

        if (delta.ArrivalMicroseconds < 0)
        {
            if (++_reordered >= MostReordered)
            {
                this = default;
            }

            return false;
        }

        _reordered = 0;
        return true;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Group
    {
        public bool IsStarted;
        public long FirstSent;
        public long LastSent;
        public long FirstArrived;
        public long LastArrived;
        public long Reported;
        public int BytesBehindFirst;
        public int Packets;

        // Packets that arrive back to back come at the speed of the narrowest line.
        public readonly Bitrate Burst => Packets >= LeastBurst && LastArrived > FirstArrived
            ? Bitrate.Of(BytesBehindFirst, TimeSpan.FromMicroseconds(LastArrived - FirstArrived))
            : Bitrate.Zero;

        public static Group Begin(long sent, long arrived, long reported) => new()
        {
            IsStarted = true,
            FirstSent = sent,
            LastSent = sent,
            FirstArrived = arrived,
            LastArrived = arrived,
            Reported = reported,
            Packets = 1,
        };
    }
}
