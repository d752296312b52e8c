using System.Buffers.Binary;

namespace Classroom.Rtc.Rtcp;

/// <summary>When one packet arrived, on the receiver's clock.</summary>
/// <param name="SequenceNumber">Transport-wide.</param>
/// <param name="IsReceived">False: lost, or not there yet.</param>
/// <param name="ArrivalMicroseconds">In steps of 250; wraps every 12 days; only differences mean anything.</param>
public readonly record struct TransportCcStatus(ushort SequenceNumber, bool IsReceived, long ArrivalMicroseconds);

/// <summary>
/// Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01). Enumerate it for the
/// status of each packet.
/// </summary>
public readonly ref struct TransportCc
{
    internal const int FixedLength = 16;
    internal const int TickMicroseconds = 250;
    internal const int ReferenceMicroseconds = 64_000;

    // Half a second of 8,000 packets a second. Twenty bytes could announce 65,535 and keep us busy for nothing.
    private const int MaxStatuses = 4096;
    private readonly ReadOnlySpan<byte> _body;
    private readonly int _deltas;

    private TransportCc(ReadOnlySpan<byte> body, int deltas)
    {
        _body = body;
        _deltas = deltas;
    }

    public uint SenderSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    public uint MediaSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body[4..]);

    public ushort BaseSequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_body[8..]);

    /// <summary>Packets that it speaks of.</summary>
    public ushort StatusCount => BinaryPrimitives.ReadUInt16BigEndian(_body[10..]);

    /// <summary>In 64 ms, 24 bits, signed.</summary>
    public int ReferenceTime => BinaryPrimitives.ReadInt32BigEndian(_body[12..]) >> 8;

    /// <summary>Counts feedback packets, for noticing lost ones.</summary>
    public byte FeedbackCount => _body[15];

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Checks that chunks and deltas are all there.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> body, out TransportCc feedback)
    {
        feedback = default;
        if (body.Length < FixedLength)
        {
            return false;
        }

        int left = BinaryPrimitives.ReadUInt16BigEndian(body[10..]);
        if (left > MaxStatuses)
        {
            return false;
        }

        var position = FixedLength;
        var deltaLength = 0;
        while (left > 0)
        {
            if (position + 2 > body.Length)
            {
                return false;
            }

            var chunk = new TransportCcChunk(BinaryPrimitives.ReadUInt16BigEndian(body[position..]));
            var count = Math.Min(chunk.Count, left);
            if (count == 0 || !chunk.TryMeasureDeltas(count, out var length))
            {
                return false;
            }

            position += 2;
            left -= count;
            deltaLength += length;
        }

        if (position + deltaLength > body.Length)
        {
            return false;
        }

        feedback = new TransportCc(body, position);
        return true;
    }

    /// <summary>Walks the statuses; the shape was checked before.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _body;
        private ReadOnlySpan<byte> _deltas;
        private TransportCcChunk _chunk;
        private int _chunkPosition;
        private int _indexInChunk;
        private int _index;
        private long _ticks;

        internal Enumerator(TransportCc feedback)
        {
            _body = feedback._body;
            _deltas = _body.IsEmpty ? default : _body[feedback._deltas..];
            _chunkPosition = FixedLength;
            _ticks = _body.IsEmpty ? 0 : feedback.ReferenceTime * (long)(ReferenceMicroseconds / TickMicroseconds);
            _chunk = default;
            _indexInChunk = 0;
            _index = 0;
            Current = default;
        }

        public TransportCcStatus Current { get; private set; }

        public bool MoveNext()
        {
            if (_body.IsEmpty || _index >= BinaryPrimitives.ReadUInt16BigEndian(_body[10..]))
            {
                return false;
            }

            if (_indexInChunk >= _chunk.Count)
            {
                _chunk = new TransportCcChunk(BinaryPrimitives.ReadUInt16BigEndian(_body[_chunkPosition..]));
                _chunkPosition += 2;
                _indexInChunk = 0;
            }

            var symbol = _chunk[_indexInChunk++];
            var sequence = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_body[8..]) + _index++);
            _ticks += TakeDelta(symbol);
            Current = new TransportCcStatus(sequence, symbol != 0, symbol == 0 ? 0 : _ticks * TickMicroseconds);
            return true;
        }

        private int TakeDelta(int symbol)
        {
            var delta = symbol switch
            {
                TransportCcChunk.SmallDelta => _deltas[0],
                TransportCcChunk.LargeDelta => BinaryPrimitives.ReadInt16BigEndian(_deltas),
                _ => 0,
            };
            _deltas = _deltas[symbol..];
            return delta;
        }
    }
}

/// <summary>Sixteen bits that say how some packets fared: a run of one symbol, or 14 symbols of 1 bit, or 7 of 2 bits.</summary>
internal readonly struct TransportCcChunk(ushort value)
{
    public const int NotReceived = 0;
    public const int SmallDelta = 1;
    public const int LargeDelta = 2;
    public const int MaxRun = 0x1FFF;
    public const int OneBitCapacity = 14;
    public const int TwoBitCapacity = 7;

    public int Count => IsRun ? value & MaxRun : IsTwoBit ? TwoBitCapacity : OneBitCapacity;

    private bool IsRun => (value & 0x8000) == 0;

    private bool IsTwoBit => (value & 0x4000) != 0;

    /// <summary>The symbol, which is also the length of its delta in bytes.</summary>
    public int this[int index] => IsRun ? (value >> 13) & 3 : IsTwoBit ? (value >> (12 - (index * 2))) & 3 : (value >> (13 - index)) & 1;

    public static ushort Run(int symbol, int count) => (ushort)((symbol << 13) | count);

    public static ushort OneBit(ReadOnlySpan<byte> symbols)
    {
        var value = 0x8000;
        for (var i = 0; i < symbols.Length; i++)
        {
            value |= symbols[i] << (13 - i);
        }

        return (ushort)value;
    }

    public static ushort TwoBit(ReadOnlySpan<byte> symbols)
    {
        var value = 0xC000;
        for (var i = 0; i < symbols.Length; i++)
        {
            value |= symbols[i] << (12 - (i * 2));
        }

        return (ushort)value;
    }

    /// <summary>Bytes of delta for the first packets of the chunk; false for the reserved symbol 3.</summary>
    public bool TryMeasureDeltas(int count, out int length)
    {
        length = 0;
        if (IsRun)
        {
            length = this[0] * count;
            return this[0] <= LargeDelta;
        }

        for (var i = 0; i < count; i++)
        {
            if (this[i] > LargeDelta)
            {
                return false;
            }

            length += this[i];
        }

        return true;
    }
}
