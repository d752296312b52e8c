using System.Buffers.Binary;

namespace Classroom.Rtc.Rtcp;

/// <summary>Turns arrival times into the chunks and deltas of one transport-wide feedback.</summary>
internal ref struct TransportCcEncoder(Span<byte> symbols, Span<short> deltas)
{
    /// <summary>Packets that one feedback speaks of at most: a tenth of a second of 5,000 packets a second.</summary>
    public const int MaxStatuses = 512;

    private const long TicksPerTick = TransportCc.TickMicroseconds * 10;
    private const long TicksPerReference = TransportCc.ReferenceMicroseconds * 10;
    private readonly Span<byte> _symbols = symbols;
    private readonly Span<short> _deltas = deltas;
    private int _count;

    /// <summary>In 64 ms, 24 bits.</summary>
    public int ReferenceTime { get; private set; }

    /// <summary>Bytes of chunks and deltas.</summary>
    public int Length { get; private set; }

    /// <summary>Takes as many packets as fit and returns how many.</summary>
    public int Encode(ReadOnlySpan<Instant> arrivals, int room)
    {
        var first = arrivals[..Math.Min(arrivals.Length, MaxStatuses)].IndexOfAnyExcept(Instant.Never);
        if (first < 0)
        {
            return 0;
        }

        var reference = arrivals[first].Ticks / TicksPerReference;
        ReferenceTime = (int)reference & 0xFF_FFFF;
        var last = reference * (TicksPerReference / TicksPerTick);
        var deltaLength = 0;
        var limit = Math.Min(arrivals.Length, MaxStatuses);
        for (_count = 0; _count < limit; _count++)
        {
            var symbol = Classify(arrivals[_count], ref last, out var delta);
            // A chunk holds at least 7: two bytes for each 7 begun is the longest that the chunks can get.
            var longest = deltaLength + symbol + (((_count + 7) / 7) * 2);
            if (symbol < 0 || longest > room)
            {
                break;
            }

            _symbols[_count] = (byte)symbol;
            _deltas[_count] = delta;
            deltaLength += symbol;
        }

        DropTrailingLosses();
        Length = deltaLength + (CountChunks() * 2);
        return _count;
    }

    /// <summary>Writes chunks, deltas and zeros up to the end of the span.</summary>
    public readonly void Write(Span<byte> destination)
    {
        var position = 0;
        for (var i = 0; i < _count; position += 2)
        {
            i += NextChunk(i, out var chunk);
            BinaryPrimitives.WriteUInt16BigEndian(destination[position..], chunk);
        }

        for (var i = 0; i < _count; i++)
        {
            if (_symbols[i] == TransportCcChunk.SmallDelta)
            {
                destination[position] = (byte)_deltas[i];
            }
            else if (_symbols[i] == TransportCcChunk.LargeDelta)
            {
                BinaryPrimitives.WriteInt16BigEndian(destination[position..], _deltas[i]);
            }

            position += _symbols[i];
        }

        destination[position..].Clear();
    }

    /// <returns>The symbol, or −1 when the delta has no room in 16 bits.</returns>
    private static int Classify(Instant arrival, ref long last, out short delta)
    {
        delta = 0;
        if (arrival >= Instant.Never)
        {
            return TransportCcChunk.NotReceived;
        }

        var ticks = arrival.Ticks / TicksPerTick;
        var difference = ticks - last;
        if (difference is < short.MinValue or > short.MaxValue)
        {
            return -1;
        }

        last = ticks;
        delta = (short)difference;
        return difference is >= 0 and <= byte.MaxValue ? TransportCcChunk.SmallDelta : TransportCcChunk.LargeDelta;
    }

    // They may still come, and are spoken of next time.
    private void DropTrailingLosses()
    {
        while (_count > 0 && _symbols[_count - 1] == TransportCcChunk.NotReceived)
        {
            _count--;
        }
    }

    private readonly int CountChunks()
    {
        var chunks = 0;
        for (var i = 0; i < _count; chunks++)
        {
            i += NextChunk(i, out _);
        }

        return chunks;
    }

    /// <summary>Chooses the chunk that takes most packets from here and returns how many.</summary>
    private readonly int NextChunk(int start, out ushort chunk)
    {
        var rest = _symbols[start.._count];
        var run = rest.IndexOfAnyExcept(rest[0]);
        run = run < 0 ? rest.Length : run;
        var oneBit = rest[..Math.Min(rest.Length, TransportCcChunk.OneBitCapacity)];
        var large = oneBit.IndexOf((byte)TransportCcChunk.LargeDelta);
        if (run >= TransportCcChunk.OneBitCapacity || run == rest.Length || (large >= 0 && run >= TransportCcChunk.TwoBitCapacity))
        {
            chunk = TransportCcChunk.Run(rest[0], run);
            return run;
        }

        if (large < 0)
        {
            chunk = TransportCcChunk.OneBit(oneBit);
            return oneBit.Length;
        }

        var twoBit = rest[..Math.Min(rest.Length, TransportCcChunk.TwoBitCapacity)];
        chunk = TransportCcChunk.TwoBit(twoBit);
        return twoBit.Length;
    }
}
