using System.Buffers.Binary;

namespace Classroom.Rtc.Rtcp;

/// <summary>What one receiver saw of one stream (RFC 3550, 6.4.1).</summary>
/// <param name="Ssrc">The stream.</param>
/// <param name="FractionLost">Since the last report, in 256ths.</param>
/// <param name="CumulativeLost">24 bits, signed.</param>
/// <param name="HighestSequence">Extended by the count of wraps.</param>
/// <param name="Jitter">In timestamp units.</param>
/// <param name="LastSenderReport">The middle 32 bits of its NTP time; 0 when there was none.</param>
/// <param name="DelaySinceLastSenderReport">In 65,536ths of a second.</param>
public readonly record struct ReportBlock(
    uint Ssrc, byte FractionLost, int CumulativeLost, uint HighestSequence, uint Jitter, uint LastSenderReport, uint DelaySinceLastSenderReport)
{
    internal const int Length = 24;
    internal const int MinLost = -0x80_0000;
    internal const int MaxLost = 0x7F_FFFF;

    internal static ReportBlock Read(ReadOnlySpan<byte> data)
    {
        var lost = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        return new ReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(data),
            (byte)(lost >> 24),
            (int)(lost << 8) >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(data[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(data[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(data[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(data[20..]));
    }

    internal void Write(Span<byte> data)
    {
        var lost = Math.Clamp(CumulativeLost, MinLost, MaxLost);
        BinaryPrimitives.WriteUInt32BigEndian(data, Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(data[4..], ((uint)FractionLost << 24) | ((uint)lost & 0xFF_FFFF));
        BinaryPrimitives.WriteUInt32BigEndian(data[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(data[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(data[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(data[20..], DelaySinceLastSenderReport);
    }
}

/// <summary>The blocks of a report.</summary>
public readonly ref struct ReportBlocks
{
    private readonly ReadOnlySpan<byte> _data;

    internal ReportBlocks(ReadOnlySpan<byte> data, int count)
    {
        _data = data;
        Count = count;
    }

    /// <summary>0 to 31.</summary>
    public int Count { get; }

    public ReportBlock this[int index] => ReportBlock.Read(_data.Slice(index * ReportBlock.Length, ReportBlock.Length));
}

/// <summary>What a sender says of itself (RFC 3550, 6.4.1).</summary>
/// <param name="Ssrc">Of the sender.</param>
/// <param name="NtpTimestamp">Seconds since 1900 in the upper half, fraction in the lower.</param>
/// <param name="RtpTimestamp">The same moment in the stream's units.</param>
/// <param name="PacketCount">Sent so far.</param>
/// <param name="OctetCount">Payload bytes sent so far.</param>
public readonly record struct SenderInfo(uint Ssrc, ulong NtpTimestamp, uint RtpTimestamp, uint PacketCount, uint OctetCount);

/// <summary>A sender report.</summary>
public readonly ref struct SenderReport
{
    internal const int FixedLength = 24;
    private readonly ReadOnlySpan<byte> _body;
    private readonly int _count;

    internal SenderReport(ReadOnlySpan<byte> body, int count)
    {
        _body = body;
        _count = count;
    }

    public SenderInfo Info => new(
        BinaryPrimitives.ReadUInt32BigEndian(_body),
        BinaryPrimitives.ReadUInt64BigEndian(_body[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(_body[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(_body[16..]),
        BinaryPrimitives.ReadUInt32BigEndian(_body[20..]));

    public ReportBlocks Blocks => new(_body[FixedLength..], _count);
}

/// <summary>A receiver report.</summary>
public readonly ref struct ReceiverReport
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly int _count;

    internal ReceiverReport(ReadOnlySpan<byte> body, int count)
    {
        _body = body;
        _count = count;
    }

    public uint SenderSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    public ReportBlocks Blocks => new(_body[4..], _count);
}
