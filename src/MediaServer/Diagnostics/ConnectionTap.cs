using System.Text;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Diagnostics;

/// <summary>Tells a trace what a connection does. A connection without one pays a look at a field for each packet.</summary>
internal sealed class ConnectionTap(MediaLoop loop, IConnectionTrace trace)
{
    /// <summary>An RTP packet in the clear.</summary>
    /// <param name="isOut">Sent by us.</param>
    /// <param name="header">At least the fixed header.</param>
    /// <param name="length">Of the whole packet.</param>
    public void OnRtp(bool isOut, ReadOnlySpan<byte> header, int length)
    {
        if (RtpPacket.TryParse(header, out var packet))
        {
            Tell(new ConnectionEvent(loop.Clock.Now, isOut, ConnectionEventKind.Rtp, length)
            {
                Ssrc = packet.Ssrc,
                PayloadType = packet.PayloadType,
                Sequence = packet.SequenceNumber,
                Timestamp = packet.Timestamp,
                IsMarked = packet.Marker,
            });
        }
    }

    /// <summary>A compound RTCP packet in the clear.</summary>
    public void OnRtcp(bool isOut, ReadOnlySpan<byte> compound)
    {
        var note = new StringBuilder();
        var ssrc = 0u;
        var reader = new RtcpReader(compound);
        while (reader.TryRead(out var packet))
        {
            ssrc = note.Length == 0 ? packet.SenderSsrc : ssrc;
            note.Append(note.Length == 0 ? "" : " ").Append(NameOf(packet));
        }

        Tell(new ConnectionEvent(loop.Clock.Now, isOut, ConnectionEventKind.Rtcp, compound.Length) { Ssrc = ssrc, Note = note.ToString() });
    }

    /// <summary>A datagram of ICE or DTLS.</summary>
    public void OnRaw(bool isOut, ReadOnlySpan<byte> datagram) => Tell(new ConnectionEvent(
        loop.Clock.Now,
        isOut,
        Datagram.Classify(datagram) == DatagramKind.Stun ? ConnectionEventKind.Stun : ConnectionEventKind.Dtls,
        datagram.Length));

    public void OnState(TransportState state) =>
        Tell(new ConnectionEvent(loop.Clock.Now, IsOut: false, ConnectionEventKind.State, 0) { Note = state.ToString() });

    private void Tell(in ConnectionEvent happened)
    {
        try
        {
            trace.OnEvent(in happened);
        }
        catch (Exception exception)
        {
            loop.SinkFailed(exception);
        }
    }

    private static string NameOf(in RtcpPacket packet) =>
        packet.TryGetNack(out var nack) ? $"NACK({Count(nack)})"
        : packet.TryGetTransportCc(out _) ? "TWCC"
        : packet.TryGetRemb(out _) ? "REMB"
        : packet.TryGetPli(out _) ? "PLI"
        : packet.TryGetFir(out _) ? "FIR"
        : packet.TryGetSenderReport(out _) ? "SR"
        : packet.TryGetReceiverReport(out _) ? "RR"
        : $"{packet.Type}";

    private static int Count(Nack nack)
    {
        var count = 0;
        foreach (var _ in nack)
        {
            count++;
        }

        return count;
    }
}
