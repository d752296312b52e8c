using System.Buffers.Binary;
using System.Text;

namespace Classroom.Rtc.Rtcp;

/// <summary>
/// Appends RTCP packets to a compound. Every method returns false, and writes nothing, when the packet does not fit.
/// Begin with a report and a source description, unless reduced size (RFC 5506) is agreed.
/// </summary>
public ref struct RtcpWriter(Span<byte> buffer)
{
    private const int MaxBlocks = 31;
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>The compound so far.</summary>
    public readonly Span<byte> Written => _buffer[..Length];

    public bool WriteSenderReport(SenderInfo info, scoped ReadOnlySpan<ReportBlock> blocks = default)
    {
        if (!TryBegin(RtcpPacketType.SenderReport, blocks.Length, SenderReport.FixedLength + (blocks.Length * ReportBlock.Length), out var body))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32BigEndian(body, info.Ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(body[4..], info.NtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(body[12..], info.RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(body[16..], info.PacketCount);
        BinaryPrimitives.WriteUInt32BigEndian(body[20..], info.OctetCount);
        WriteBlocks(body[SenderReport.FixedLength..], blocks);
        return true;
    }

    public bool WriteReceiverReport(uint senderSsrc, scoped ReadOnlySpan<ReportBlock> blocks = default)
    {
        if (!TryBegin(RtcpPacketType.ReceiverReport, blocks.Length, 4 + (blocks.Length * ReportBlock.Length), out var body))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32BigEndian(body, senderSsrc);
        WriteBlocks(body[4..], blocks);
        return true;
    }

    /// <summary>A source description with the canonical name only.</summary>
    public bool WriteSdes(uint ssrc, string cname)
    {
        var textLength = Encoding.UTF8.GetByteCount(cname);
        // SSRC, type, length, text, and one to four zeros.
        var length = (4 + 2 + textLength + 4) & ~3;
        if (textLength > 255 || !TryBegin(RtcpPacketType.SourceDescription, 1, length, out var body))
        {
            return false;
        }

        body.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        body[4] = SourceDescription.CName;
        body[5] = (byte)textLength;
        Encoding.UTF8.GetBytes(cname, body[6..]);
        return true;
    }

    public bool WriteBye(scoped ReadOnlySpan<uint> ssrcs)
    {
        if (!TryBegin(RtcpPacketType.Goodbye, ssrcs.Length, ssrcs.Length * 4, out var body))
        {
            return false;
        }

        WriteSsrcs(body, ssrcs);
        return true;
    }

    /// <param name="senderSsrc">Ours.</param>
    /// <param name="mediaSsrc">Of the stream.</param>
    /// <param name="sequences">In rising order, as the tracker gives them; any order is correct, but longer.</param>
    public bool WriteNack(uint senderSsrc, uint mediaSsrc, scoped ReadOnlySpan<ushort> sequences)
    {
        var pairs = 0;
        for (var i = 0; i < sequences.Length; pairs++)
        {
            i += MaskAfter(sequences[i..], out _);
        }

        if (pairs == 0 || !TryBeginFeedback(RtcpPacketType.TransportFeedback, RtcpFeedback.Nack, senderSsrc, mediaSsrc, pairs * 4, out var body))
        {
            return false;
        }

        for (var i = 0; i < sequences.Length; body = body[4..])
        {
            BinaryPrimitives.WriteUInt16BigEndian(body, sequences[i]);
            i += MaskAfter(sequences[i..], out var mask);
            BinaryPrimitives.WriteUInt16BigEndian(body[2..], mask);
        }

        return true;
    }

    public bool WritePli(uint senderSsrc, uint mediaSsrc) =>
        TryBeginFeedback(RtcpPacketType.PayloadFeedback, RtcpFeedback.Pli, senderSsrc, mediaSsrc, 0, out _);

    public bool WriteFir(uint senderSsrc, FullIntraRequest request)
    {
        if (!TryBeginFeedback(RtcpPacketType.PayloadFeedback, RtcpFeedback.Fir, senderSsrc, 0, 8, out var body))
        {
            return false;
        }

        body.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(body, request.Ssrc);
        body[4] = request.SequenceNumber;
        return true;
    }

    public bool WriteRemb(uint senderSsrc, ulong bitsPerSecond, scoped ReadOnlySpan<uint> ssrcs)
    {
        if (ssrcs.Length > byte.MaxValue
            || !TryBeginFeedback(RtcpPacketType.PayloadFeedback, RtcpFeedback.Application, senderSsrc, 0, 8 + (ssrcs.Length * 4), out var body))
        {
            return false;
        }

        var exponent = Math.Max(0, 64 - System.Numerics.BitOperations.LeadingZeroCount(bitsPerSecond) - 18);
        "REMB"u8.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], ((uint)ssrcs.Length << 24) | ((uint)exponent << 18) | (uint)(bitsPerSecond >> exponent));
        WriteSsrcs(body[8..], ssrcs);
        return true;
    }

    /// <summary>Writes transport-wide feedback for packets in a row.</summary>
    /// <param name="senderSsrc">Ours.</param>
    /// <param name="mediaSsrc">Any stream of the transport.</param>
    /// <param name="baseSequence">Number of the first packet.</param>
    /// <param name="feedbackCount">One more each time.</param>
    /// <param name="arrivals">Times of arrival; <see cref="Instant.Never"/> for a packet that did not come. At least one must have come.</param>
    /// <returns>How many packets it speaks of: fewer when the room or the range of a delta ends; 0 when nothing fits.</returns>
    public int WriteTransportCc(uint senderSsrc, uint mediaSsrc, ushort baseSequence, byte feedbackCount, scoped ReadOnlySpan<Instant> arrivals)
    {
        Span<byte> symbols = stackalloc byte[TransportCcEncoder.MaxStatuses];
        Span<short> deltas = stackalloc short[TransportCcEncoder.MaxStatuses];
        var encoder = new TransportCcEncoder(symbols, deltas);
        var room = Math.Max(0, (_buffer.Length - Length - 4) & ~3);
        var covered = encoder.Encode(arrivals, room - TransportCc.FixedLength);
        var length = (TransportCc.FixedLength + encoder.Length + 3) & ~3;
        if (covered == 0 || !TryBeginFeedback(
            RtcpPacketType.TransportFeedback, RtcpFeedback.TransportCc, senderSsrc, mediaSsrc, length - RtcpFeedback.SsrcsLength, out var body))
        {
            return 0;
        }

        BinaryPrimitives.WriteUInt16BigEndian(body, baseSequence);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], (ushort)covered);
        BinaryPrimitives.WriteInt32BigEndian(body[4..], (encoder.ReferenceTime << 8) | feedbackCount);
        encoder.Write(body[8..]);
        return covered;
    }

    /// <summary>Takes as many of the next numbers into one pair as its mask holds.</summary>
    private static int MaskAfter(ReadOnlySpan<ushort> sequences, out ushort mask)
    {
        mask = 0;
        var taken = 1;
        for (; taken < sequences.Length; taken++)
        {
            var distance = (ushort)(sequences[taken] - sequences[0]);
            if (distance is 0 or > 16)
            {
                break;
            }

            mask |= (ushort)(1 << (distance - 1));
        }

        return taken;
    }

    private static void WriteBlocks(Span<byte> body, ReadOnlySpan<ReportBlock> blocks)
    {
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i].Write(body[(i * ReportBlock.Length)..]);
        }
    }

    private static void WriteSsrcs(Span<byte> body, ReadOnlySpan<uint> ssrcs)
    {
        for (var i = 0; i < ssrcs.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(body[(i * 4)..], ssrcs[i]);
        }
    }

    private bool TryBeginFeedback(RtcpPacketType type, byte format, uint senderSsrc, uint mediaSsrc, int length, out Span<byte> body)
    {
        if (!TryBegin(type, format, RtcpFeedback.SsrcsLength + length, out body))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32BigEndian(body, senderSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], mediaSsrc);
        body = body[RtcpFeedback.SsrcsLength..];
        return true;
    }

    /// <summary>Writes the header of a packet whose body takes so many bytes, a multiple of four.</summary>
    private bool TryBegin(RtcpPacketType type, int count, int bodyLength, out Span<byte> body)
    {
        body = default;
        if (count > MaxBlocks || Length + 4 + bodyLength > _buffer.Length)
        {
            return false;
        }

        var packet = _buffer.Slice(Length, 4 + bodyLength);
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(bodyLength / 4));
        body = packet[4..];
        Length += packet.Length;
        return true;
    }
}
