using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Stun;

namespace Classroom.MediaServer.Transports;

/// <summary>RTCP of one connection, both ways, and its round trip.</summary>
internal sealed class TransportFeedback(MediaLoop loop, PeerTransport transport)
{
    // A report with a description, and some feedback for each of the sources that one can have.
    private const int MostPackets = 64;
    private static readonly TimeSpan s_pings = TimeSpan.FromSeconds(2);

    private readonly byte[] _pingId = new byte[12];
    private Instant _pingSent = Instant.MinValue;
    private bool _pingIsOpen;

    public PublishFeedback Publish { get; } = new(transport);

    public SubscribeFeedback Subscribe { get; } = new(loop, transport);

    /// <summary>To the peer and back; zero when unknown.</summary>
    public TimeSpan RoundTrip { get; private set; }

    public void OnRtcp(ReadOnlySpan<byte> compound, Instant now)
    {
        var reader = new RtcpReader(compound);
        Subscribe.BeginDatagram();
        for (var left = MostPackets; reader.TryRead(out var packet); left--)
        {
            if (left == 0)
            {
                loop.Counters.Refuse(Refusal.TooManyReports);
                return;
            }

            if (transport.Kind == TransportKind.Subscribe)
            {
                Subscribe.OnPacket(packet, now);
                loop.Forwarder.SendIfFull();
            }
            else if (packet.TryGetSenderReport(out var report))
            {
                Publish.OnSenderReport(report.Info, now, RoundTrip);
            }
        }
    }

    /// <summary>The answer to a ping of ours.</summary>
    public void OnStun(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (_pingIsOpen && StunMessage.TryParse(datagram, out var message) && message.Class == StunClass.Success
            && message.TransactionId.SequenceEqual(_pingId) && message.VerifyIntegrity(Encoding.UTF8.GetBytes(transport.Ice.RemotePassword!)))
        {
            _pingIsOpen = false;
            RoundTrip = now - _pingSent;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tick(Instant now)
    {
        if (!transport.IsReady)
        {
            return;
        }

        if (transport.Kind == TransportKind.Subscribe)
        {
            Subscribe.Tick(now);
            return;
        }

        Publish.Tick(now, RoundTrip);
        if (now - _pingSent >= s_pings)
        {
            Ping(now);
        }
    }

    // A publisher that only sends gets no sender reports that it could time, so its round trip is that of a Binding
    // request. We are ICE-lite and draw no other conclusion from it.
    private void Ping(Instant now)
    {
        RandomNumberGenerator.Fill(_pingId);
        _pingSent = now;
        _pingIsOpen = true;
        Span<byte> buffer = stackalloc byte[StunWriter.MaxLength];
        var check = new IceCheck(Priority: 1, TieBreaker: 1, Controlling: false, UseCandidate: false);
        var length = StunWriter.WriteBindingRequest(buffer, _pingId, $"{transport.Ice.RemoteUfrag}:{transport.Ice.Local.Ufrag}", Encoding.UTF8.GetBytes(transport.Ice.RemotePassword!), check);
        transport.Out.SendRaw(buffer[..length]);
    }
}
