using System.Buffers.Binary;

namespace Classroom.Rtc.Rtp;

/// <summary>
/// Sound with redundancy (RFC 2198): a packet that brings earlier ones along, in case they were lost. Headers of four bytes
/// for the earlier blocks, one of a byte for the packet's own, then the blocks in the same order. A view over the payload.
/// </summary>
public readonly ref struct RedPayload
{
    /// <summary>Blocks at most, the packet's own included; browsers send two, and ten when they are told to.</summary>
    public const int MaxBlocks = 10;

    private const int EarlierHeader = 4;
    private const byte Follows = 0x80;

    private readonly ReadOnlySpan<byte> _payload;

    private RedPayload(ReadOnlySpan<byte> payload, int earlier, int primaryAt)
    {
        _payload = payload;
        EarlierCount = earlier;
        PrimaryAt = primaryAt;
    }

    /// <summary>Nothing was read.</summary>
    public bool IsEmpty => _payload.IsEmpty;

    /// <summary>Earlier packets that it brings along.</summary>
    public int EarlierCount { get; }

    /// <summary>Where the packet's own block begins; it reaches to the end. 0 of an empty view.</summary>
    public int PrimaryAt { get; }

    /// <summary>Payload type of the packet's own block.</summary>
    public byte PrimaryType => (byte)(_payload[EarlierCount * EarlierHeader] & ~Follows);

    /// <summary>The packet's own block; empty of an empty view.</summary>
    public ReadOnlySpan<byte> Primary => _payload[PrimaryAt..];

    /// <summary>An earlier packet, the oldest first as a rule.</summary>
    public RedBlock this[int index]
    {
        get
        {
            var start = (EarlierCount * EarlierHeader) + 1;
            for (var i = 0; i < index; i++)
            {
                start += LengthAt(_payload, i);
            }

            var fields = BinaryPrimitives.ReadUInt32BigEndian(_payload[(index * EarlierHeader)..]);
            return new RedBlock((byte)((fields >> 24) & 0x7F), (ushort)((fields >> 10) & 0x3FFF), _payload.Slice(start, LengthAt(_payload, index)));
        }
    }

    /// <summary>False for headers that end early, blocks that reach past the end, more than <see cref="MaxBlocks"/>, and a packet without a block of its own.</summary>
    /// <param name="payload">RTP payload without padding.</param>
    /// <param name="red">Valid as long as the payload.</param>
    public static bool TryParse(ReadOnlySpan<byte> payload, out RedPayload red)
    {
        red = default;
        var earlier = 0;
        var blocks = 0;
        for (; earlier * EarlierHeader < payload.Length && (payload[earlier * EarlierHeader] & Follows) != 0; earlier++)
        {
            if (earlier == MaxBlocks - 1 || payload.Length < (earlier + 1) * EarlierHeader)
            {
                return false;
            }

            blocks += LengthAt(payload, earlier);
        }

        var primaryAt = (earlier * EarlierHeader) + 1 + blocks;
        if (primaryAt >= payload.Length)
        {
            return false;
        }

        red = new RedPayload(payload, earlier, primaryAt);
        return true;
    }

    /// <summary>All blocks are of one payload type.</summary>
    public bool IsAll(byte payloadType)
    {
        for (var i = 0; i <= EarlierCount; i++)
        {
            if ((_payload[i * EarlierHeader] & ~Follows) != payloadType)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives all blocks a payload type, in place.</summary>
    /// <param name="payload">One that has been parsed.</param>
    /// <param name="payloadType">0 to 127.</param>
    public static void SetPayloadType(Span<byte> payload, byte payloadType)
    {
        var at = 0;
        for (; (payload[at] & Follows) != 0; at += EarlierHeader)
        {
            payload[at] = (byte)(Follows | payloadType);
        }

        payload[at] = payloadType;
    }

    private static int LengthAt(ReadOnlySpan<byte> payload, int index) => BinaryPrimitives.ReadUInt16BigEndian(payload[((index * EarlierHeader) + 2)..]) & 0x3FF;
}

/// <summary>An earlier packet in a later one.</summary>
/// <param name="payloadType">What it is.</param>
/// <param name="timestampOffset">So much earlier than the packet that brings it, in units of the clock rate; 14 bits.</param>
/// <param name="data">Its payload; may be empty.</param>
public readonly ref struct RedBlock(byte payloadType, ushort timestampOffset, ReadOnlySpan<byte> data)
{
    public byte PayloadType { get; } = payloadType;

    public ushort TimestampOffset { get; } = timestampOffset;

    public ReadOnlySpan<byte> Data { get; } = data;
}
