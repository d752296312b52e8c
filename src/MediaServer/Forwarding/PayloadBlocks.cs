using System.Runtime.InteropServices;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// Memory for payloads, laid one behind the other into blocks. The address space is set aside once; a block takes pages when it is
/// first needed, and is used again once its last packet may not be asked for any more: a small camera takes little.
/// </summary>
internal sealed unsafe class PayloadBlocks : IDisposable
{
    // Copies and ciphers like it, and it makes a place of 2 MB fit into 16 bits.
    private const int Unit = 32;

    private readonly byte* _bytes;
    private readonly int _blockSize;
    private readonly TimeSpan _keep;
    private readonly Instant[] _lastAt;
    private int _used;
    private int _current;

    /// <param name="packets">That must fit at once, as long as they can be.</param>
    /// <param name="longest">Bytes that a packet may take.</param>
    /// <param name="blockSize">Bytes; what a packet does not fit into any more is left empty.</param>
    /// <param name="keep">How long a packet may be asked for again.</param>
    public PayloadBlocks(int packets, int longest, int blockSize, TimeSpan keep)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longest, blockSize);
        _blockSize = blockSize;
        _keep = keep;
        // One is being filled, and one may be left half empty.
        var blocks = (packets / (blockSize / RoundUp(longest))) + 2;
        if (blocks * blockSize > Unit * ushort.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(packets), packets, "More than a place can tell.");
        }

        _lastAt = new Instant[blocks];
        _bytes = (byte*)NativeMemory.AlignedAlloc((nuint)blocks * (nuint)blockSize, 64);
        Count = 1;
    }

    /// <summary>Blocks that memory is taken for.</summary>
    public int Count { get; private set; }

    /// <summary>Where the bytes of a place are.</summary>
    public byte* this[ushort place] => _bytes + (place * Unit);

    /// <summary>Room for a packet.</summary>
    /// <param name="length">Bytes.</param>
    /// <param name="now">When it came.</param>
    /// <param name="lost">The block whose packets had to be given up though they may still be asked for; -1: none.</param>
    public ushort Take(int length, Instant now, out int lost)
    {
        lost = _used + length > _blockSize ? Next(now) : -1;
        var place = ((_current * _blockSize) + _used) / Unit;
        _used += RoundUp(length);
        _lastAt[_current] = now;
        return (ushort)place;
    }

    /// <summary>Whether a place lies in a block.</summary>
    public bool IsIn(ushort place, int block) => place * Unit / _blockSize == block;

    public void Dispose() => NativeMemory.AlignedFree(_bytes);

    private static int RoundUp(int length) => (length + Unit - 1) / Unit * Unit;

    private int Next(Instant now)
    {
        _used = 0;
        var oldest = Oldest();
        var isFree = now - _lastAt[oldest] > _keep;
        if (!isFree && Count < _lastAt.Length)
        {
            _current = Count++;
            return -1;
        }

        _current = oldest;
        return isFree ? -1 : oldest;
    }

    // Of several as old as each other the one that was filled first.
    private int Oldest()
    {
        var oldest = (_current + 1) % Count;
        for (var i = 2; i <= Count; i++)
        {
            var other = (_current + i) % Count;
            oldest = _lastAt[other] < _lastAt[oldest] ? other : oldest;
        }

        return oldest;
    }
}
