namespace Classroom.Rtc.Rtp;

/// <summary>Comparison of numbers that wrap (RFC 1982).</summary>
public static class SequenceNumber
{
    /// <summary>Signed steps from <paramref name="from"/> to <paramref name="to"/>: −32,768 to 32,767.</summary>
    public static int Distance(ushort from, ushort to) => (short)(to - from);

    /// <summary>True when <paramref name="a"/> comes after <paramref name="b"/>.</summary>
    // Signed distance survives the wrap from 65535 to 0.
    public static bool IsNewer(ushort a, ushort b) => (short)(a - b) > 0;

    /// <summary>True when timestamp <paramref name="a"/> comes after <paramref name="b"/>.</summary>
    public static bool IsNewer(uint a, uint b) => (int)(a - b) > 0;
}

/// <summary>
/// Turns 16-bit sequence numbers into ones that never wrap, relative to the highest seen. The first number keeps its
/// value; one that came from before the first may be negative. The low 16 bits always equal the input.
/// </summary>
public struct SequenceUnwrapper
{
    private bool _started;

    /// <summary>Highest number so far.</summary>
    public long Highest { get; private set; }

    public long Unwrap(ushort sequence)
    {
        var unwrapped = Peek(sequence);
        if (!_started || unwrapped > Highest)
        {
            Highest = unwrapped;
            _started = true;
        }

        return unwrapped;
    }

    /// <summary>The same, without moving the highest number.</summary>
    public readonly long Peek(ushort sequence) => _started ? Highest + (short)(sequence - (ushort)Highest) : sequence;
}

/// <summary>Turns 32-bit RTP timestamps into ones that never wrap, as <see cref="SequenceUnwrapper"/> does.</summary>
public struct TimestampUnwrapper
{
    private bool _started;

    /// <summary>Highest timestamp so far.</summary>
    public long Highest { get; private set; }

    public long Unwrap(uint timestamp)
    {
        var unwrapped = _started ? Highest + (int)(timestamp - (uint)Highest) : timestamp;
        if (!_started || unwrapped > Highest)
        {
            Highest = unwrapped;
            _started = true;
        }

        return unwrapped;
    }
}
