namespace Classroom.Rtc.Rtcp;

/// <summary>RTCP packet types (RFC 3550, 12.1; RFC 4585, 6.1; RFC 3611).</summary>
public enum RtcpPacketType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Goodbye = 203,
    Application = 204,
    TransportFeedback = 205,
    PayloadFeedback = 206,
    ExtendedReport = 207,
}

/// <summary>Formats of the two feedback types: the count field of their header.</summary>
internal static class RtcpFeedback
{
    public const byte Nack = 1; // RFC 4585, 6.2.1
    public const byte TransportCc = 15; // draft-holmer-rmcat-transport-wide-cc-extensions-01
    public const byte Pli = 1; // RFC 4585, 6.3.1
    public const byte Fir = 4; // RFC 5104, 4.3.1
    public const byte Application = 15; // RFC 4585, 6.4: REMB

    /// <summary>Sender SSRC and media SSRC.</summary>
    public const int SsrcsLength = 8;
}
