using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Transports;

/// <summary>What the peer sends on one connection: opened, checked, and brought to publications and feedback.</summary>
internal sealed class IncomingMedia(MediaLoop loop, PeerTransport transport)
{
    // A browser reports up to 20 times a second, and asks for what it lost some more times on a bad line.
    private TokenBucket _reports = new(perSecond: 200, burst: 400);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnRtp(SrtpContext context, Span<byte> datagram, Instant now)
    {
        if (!context.TryUnprotectRtp(datagram, out var length) || !RtpPacket.TryParse(datagram[..length], out var packet))
        {
            loop.Counters.Refuse(context.IsFullFor(datagram) ? Refusal.TooManySources : Refusal.Unauthentic);
            return;
        }

        transport.Out.Tap?.OnRtp(isOut: false, packet.Data, packet.Data.Length);
        transport.Feedback.Publish.OnPacket(packet, now);
        if (transport.Sources.Find(packet) is { } encoding)
        {
            encoding.Intake.Receive(packet, now);
            return;
        }

        if (transport.Sources.FindRepaired(packet) is { } repaired)
        {
            OnRepair(repaired, packet.PayloadType, datagram[..length], now);
            return;
        }

        loop.Counters.Refuse(Refusal.UnknownSource);
    }

    private void OnRepair(Encoding encoding, byte payloadType, Span<byte> data, Instant now)
    {
        var publication = encoding.Publication;
        if (payloadType != publication.RtxPayloadType)
        {
            loop.Counters.Refuse(Refusal.UnknownSource);
            return;
        }

        if (RtxPacket.TryUnwrap(data, publication.Codec.PayloadType, encoding.Ssrc, out var original) && RtpPacket.TryParse(original, out var packet))
        {
            encoding.Intake.ReceiveRepair(packet, now);
            return;
        }

        loop.Counters.RepairedInVain++;
    }

    public void OnRtcp(SrtpContext context, Span<byte> datagram, Instant now)
    {
        if (!_reports.TryTake(now))
        {
            loop.Counters.Refuse(Refusal.TooManyReports);
            return;
        }

        if (!context.TryUnprotectRtcp(datagram, out var length))
        {
            loop.Counters.Refuse(Refusal.Unauthentic);
            return;
        }

        transport.Out.Tap?.OnRtcp(isOut: false, datagram[..length]);
        transport.Feedback.OnRtcp(datagram[..length], now);
    }
}
