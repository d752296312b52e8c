namespace Classroom.Rtc.Srtp;

/// <summary>
/// Remembers which of the last 1,024 packet indices were seen (RFC 3711, 3.3.2), as a ring of bits that is cleared in
/// whole words when it moves on (RFC 6479).
/// </summary>
internal sealed class ReplayWindow
{
    public const int Size = 1024;

    // Twice the window, so that clearing a whole word never reaches a bit that still counts.
    private const int Words = Size * 2 / 64;
    private readonly ulong[] _seen = new ulong[Words];

    /// <summary>Highest index seen, −1 before the first.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>True when the index is neither seen nor too old to know.</summary>
    public bool IsFresh(long index)
    {
        if (index > Highest)
        {
            return true;
        }

        return index >= 0 && Highest - index < Size && (_seen[Word(index)] & Bit(index)) == 0;
    }

    /// <summary>Marks an index as seen. Call it only after the packet is authenticated.</summary>
    public void Mark(long index)
    {
        if (index > Highest)
        {
            Advance(index);
        }

        if (Highest - index < Size)
        {
            _seen[Word(index)] |= Bit(index);
        }
    }

    private static int Word(long index) => (int)((index >> 6) & (Words - 1));

    private static ulong Bit(long index) => 1UL << (int)(index & 63);

    private void Advance(long index)
    {
        var from = (Highest >> 6) + 1;
        var to = index >> 6;
        if (to - from >= Words)
        {
            Array.Clear(_seen);
        }
        else
        {
            for (var word = from; word <= to; word++)
            {
                _seen[word & (Words - 1)] = 0;
            }
        }

        Highest = index;
    }
}
