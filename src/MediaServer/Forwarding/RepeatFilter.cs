using System.Runtime.InteropServices;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// Which packets were sent again lately. The receiver asks for what it misses, and its reports of arrival times name what was
/// lost: both may speak of the same packet, and of one whose repeat is on its way already.
/// </summary>
internal sealed class RepeatFilter
{
    private const int Remembered = 256;
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(10);

    // The record of sent packets keeps microseconds.
    private static readonly TimeSpan s_precision = TimeSpan.FromMilliseconds(1);
    private Entry[]? _entries;

    /// <summary>The receiver asks for a packet.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="copies">How many would be sent.</param>
    /// <param name="patience">One asked for twice within that time is on its way already.</param>
    /// <param name="now">Time.</param>
    public bool TryTake(ushort sequence, int copies, TimeSpan patience, Instant now)
    {
        ref var entry = ref Find(sequence);
        var wait = patience > s_least ? patience : s_least;
        if (entry.Sequence == sequence && now - entry.Since < wait)
        {
            return false;
        }

        entry = new Entry(sequence, (byte)copies, now);
        return true;
    }

    /// <summary>One sending of a packet was lost. A packet is sent again when all of its last sendings were.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="copies">How many would be sent.</param>
    /// <param name="sent">When that sending left.</param>
    /// <param name="now">Time.</param>
    public bool TryTakeLost(ushort sequence, int copies, Instant sent, Instant now)
    {
        ref var entry = ref Find(sequence);
        if (entry.Sequence == sequence && (sent + s_precision < entry.Since || --entry.InFlight > 0))
        {
            return false;
        }

        entry = new Entry(sequence, (byte)copies, now);
        return true;
    }

    // Most receivers never miss anything: made when it is needed.
    private ref Entry Find(ushort sequence)
    {
        if (_entries is null)
        {
            _entries = new Entry[Remembered];
            Array.Fill(_entries, new Entry(0, 1, Instant.MinValue));
        }

        return ref _entries[sequence % Remembered];
    }

    [StructLayout(LayoutKind.Auto)]
    private record struct Entry(ushort Sequence, byte InFlight, Instant Since);
}
