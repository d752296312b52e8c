using System.Buffers.Binary;

namespace Classroom.Rtc.Rtcp;

/// <summary>One packet of a compound; the typed views check its shape.</summary>
public readonly ref struct RtcpPacket
{
    internal RtcpPacket(RtcpPacketType type, byte count, ReadOnlySpan<byte> body)
    {
        Type = type;
        Count = count;
        Body = body;
    }

    public RtcpPacketType Type { get; }

    /// <summary>Report count, source count, or format of a feedback: 0 to 31.</summary>
    public byte Count { get; }

    /// <summary>Everything behind the four bytes of the header, without padding.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>SSRC of whoever sent it; 0 when there is none.</summary>
    public uint SenderSsrc => Body.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(Body) : 0;

    public bool TryGetSenderReport(out SenderReport report)
    {
        var fits = Type == RtcpPacketType.SenderReport && Body.Length >= SenderReport.FixedLength + (Count * ReportBlock.Length);
        report = fits ? new SenderReport(Body, Count) : default;
        return fits;
    }

    public bool TryGetReceiverReport(out ReceiverReport report)
    {
        var fits = Type == RtcpPacketType.ReceiverReport && Body.Length >= 4 + (Count * ReportBlock.Length);
        report = fits ? new ReceiverReport(Body, Count) : default;
        return fits;
    }

    public bool TryGetSourceDescription(out SourceDescription description)
    {
        var fits = Type == RtcpPacketType.SourceDescription;
        description = fits ? new SourceDescription(Body, Count) : default;
        return fits;
    }

    public bool TryGetGoodbye(out Goodbye goodbye)
    {
        var fits = Type == RtcpPacketType.Goodbye && Body.Length >= Count * 4;
        goodbye = fits ? new Goodbye(Body, Count) : default;
        return fits;
    }

    public bool TryGetNack(out Nack nack)
    {
        var fits = IsFeedback(RtcpPacketType.TransportFeedback, RtcpFeedback.Nack);
        nack = fits ? new Nack(Body) : default;
        return fits;
    }

    public bool TryGetPli(out PictureLoss pli)
    {
        var fits = IsFeedback(RtcpPacketType.PayloadFeedback, RtcpFeedback.Pli);
        pli = fits ? new PictureLoss(SenderSsrc, BinaryPrimitives.ReadUInt32BigEndian(Body[4..])) : default;
        return fits;
    }

    public bool TryGetFir(out FullIntraRequests fir)
    {
        var fits = IsFeedback(RtcpPacketType.PayloadFeedback, RtcpFeedback.Fir);
        fir = fits ? new FullIntraRequests(Body) : default;
        return fits;
    }

    public bool TryGetRemb(out Remb remb)
    {
        var fits = IsFeedback(RtcpPacketType.PayloadFeedback, RtcpFeedback.Application) && Remb.IsWellFormed(Body);
        remb = fits ? new Remb(Body) : default;
        return fits;
    }

    public bool TryGetTransportCc(out TransportCc feedback)
    {
        feedback = default;
        return IsFeedback(RtcpPacketType.TransportFeedback, RtcpFeedback.TransportCc) && TransportCc.TryParse(Body, out feedback);
    }

    private bool IsFeedback(RtcpPacketType type, byte format) =>
        Type == type && Count == format && Body.Length >= RtcpFeedback.SsrcsLength;
}
