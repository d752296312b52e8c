using System.Buffers.Binary;

namespace Classroom.Rtc.Rtcp;

/// <summary>Asks for packets again (RFC 4585, 6.2.1). Enumerate it for the sequence numbers.</summary>
public readonly ref struct Nack
{
    private readonly ReadOnlySpan<byte> _body;

    internal Nack(ReadOnlySpan<byte> body) => _body = body;

    public uint SenderSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    public uint MediaSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body[4..]);

    public Enumerator GetEnumerator() => new(_body[RtcpFeedback.SsrcsLength..]);

    /// <summary>Walks pairs of a sequence number and a mask of the 16 that follow it.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _pairs;
        private ushort _first;
        private int _mask;
        private int _offset;

        internal Enumerator(ReadOnlySpan<byte> pairs)
        {
            _pairs = pairs;
            _first = 0;
            _mask = 0;
            _offset = 0;
            Current = 0;
        }

        public ushort Current { get; private set; }

        public bool MoveNext()
        {
            while (_mask != 0)
            {
                _offset++;
                var asked = (_mask & 1) != 0;
                _mask >>= 1;
                if (asked)
                {
                    Current = (ushort)(_first + _offset);
                    return true;
                }
            }

            if (_pairs.Length < 4)
            {
                return false;
            }

            _first = BinaryPrimitives.ReadUInt16BigEndian(_pairs);
            _mask = BinaryPrimitives.ReadUInt16BigEndian(_pairs[2..]);
            _offset = 0;
            _pairs = _pairs[4..];
            Current = _first;
            return true;
        }
    }
}

/// <summary>Asks for a key frame because pictures were lost (RFC 4585, 6.3.1).</summary>
public readonly record struct PictureLoss(uint SenderSsrc, uint MediaSsrc);

/// <summary>One entry of a full intra request.</summary>
/// <param name="Ssrc">Who shall send a key frame.</param>
/// <param name="SequenceNumber">A request with the same number is a repetition.</param>
public readonly record struct FullIntraRequest(uint Ssrc, byte SequenceNumber);

/// <summary>Asks for key frames (RFC 5104, 4.3.1).</summary>
public readonly ref struct FullIntraRequests
{
    private const int EntryLength = 8;
    private readonly ReadOnlySpan<byte> _body;

    internal FullIntraRequests(ReadOnlySpan<byte> body) => _body = body;

    public uint SenderSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    public int Count => (_body.Length - RtcpFeedback.SsrcsLength) / EntryLength;

    public FullIntraRequest this[int index]
    {
        get
        {
            var entry = _body.Slice(RtcpFeedback.SsrcsLength + (index * EntryLength), EntryLength);
            return new FullIntraRequest(BinaryPrimitives.ReadUInt32BigEndian(entry), entry[4]);
        }
    }
}

/// <summary>The bitrate that a receiver believes it can take (draft-alvestrand-rmcat-remb-03).</summary>
public readonly ref struct Remb
{
    internal const int FixedLength = 16;
    private readonly ReadOnlySpan<byte> _body;

    internal Remb(ReadOnlySpan<byte> body) => _body = body;

    public uint SenderSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    /// <summary>Bits per second for all the streams together.</summary>
    public ulong BitsPerSecond
    {
        get
        {
            var word = BinaryPrimitives.ReadUInt32BigEndian(_body[12..]);
            var exponent = (int)(word >> 18) & 0x3F;
            var mantissa = (ulong)(word & 0x3_FFFF);
            // 18 bits shifted by up to 63: what does not fit is more than anyone has.
            return exponent > 46 && mantissa != 0 ? ulong.MaxValue : mantissa << exponent;
        }
    }

    /// <summary>Number of streams.</summary>
    public int Count => _body[12];

    public uint this[int index] => BinaryPrimitives.ReadUInt32BigEndian(_body.Slice(FixedLength, Count * 4)[(index * 4)..]);

    internal static bool IsWellFormed(ReadOnlySpan<byte> body) =>
        body.Length >= FixedLength && body.Slice(8, 4).SequenceEqual("REMB"u8) && body.Length >= FixedLength + (body[12] * 4);
}
