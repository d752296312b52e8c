using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Classroom.Rtc;
using Classroom.Rtc.Dtls;
using Classroom.Rtc.Ice;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Sdp;
using Classroom.Rtc.Srtp;
using Classroom.Rtc.Stun;

namespace Classroom.Signaling.Rehearsals;

/// <summary>The media end of a rehearsed join, on the loopback interface: checks, handshake, and SRTP one way.</summary>
/// <param name="clock">For the timers of the handshake.</param>
internal sealed class RehearsalPeer(TimeProvider clock) : IDisposable
{
    private const uint SoundSource = 1;
    private const uint PictureSource = 2;
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(50);

    private readonly DtlsCertificate _certificate = DtlsCertificate.Create();
    private readonly IceCredentials _credentials = IceCredentials.New();
    private readonly TransportCcRecorder _arrivals = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[Datagram.MaxLength];
    private DtlsSession? _session;
    private SrtpContext? _inbound;
    private SrtpContext? _outbound;
    private bool _isValidated;
    private ushort _sequence;
    private uint _heardSound;
    private uint _heardPicture;

    /// <param name="direction">sendonly or recvonly.</param>
    public string Offer(string direction) => RehearsalOffer.Of(direction, _credentials, _certificate.Fingerprint);

    /// <summary>Connects by the server's answer.</summary>
    /// <exception cref="InvalidOperationException">The answer is not one, or the handshake failed.</exception>
    /// <exception cref="SocketException">The media port does not take datagrams.</exception>
    public async Task ConnectAsync(string answer, CancellationToken cancellationToken)
    {
        if (!RemoteDescription.TryParse(answer, out var server) || !SdpDocument.TryParse(answer, out var document) || PortOf(document) is not { } port)
        {
            throw new InvalidOperationException("The server's answer names no UDP port.");
        }

        await _socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        Check(server);
        await TakeUntilAsync(() => _isValidated, () => Check(server), cancellationToken);

        _session = new DtlsSession(_certificate, DtlsRole.Client);
        _session.Start(Now);
        SendFlight(_session);
        await TakeUntilAsync(() => _inbound is not null || _session.State != DtlsState.Handshaking, RepeatFlight, cancellationToken);
        if (_session.RemoteFingerprint != server.Fingerprint || _inbound is null)
        {
            throw new InvalidOperationException("The handshake with the server's own media port failed.");
        }
    }

    /// <summary>Sends 20 ms of sound and a key frame of two packets.</summary>
    public void SendMoment()
    {
        Span<byte> sound = stackalloc byte[100];
        RtpWriter.WriteHeader(sound, RehearsalOffer.Sound, marker: false, ++_sequence, _sequence * 960u, SoundSource);
        SendRtp(sound);

        // A descriptor that begins a partition, and the head of a key frame of 640 by 480 (RFC 7741, 4.2; RFC 6386, 9.1).
        Span<byte> picture = stackalloc byte[1000];
        ReadOnlySpan<byte> begin = [0x10, 0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x01];
        RtpWriter.WriteHeader(picture, RehearsalOffer.Picture, marker: false, (ushort)(2 * _sequence), _sequence * 1800u, PictureSource);
        begin.CopyTo(picture[RtpPacket.FixedHeaderLength..]);
        SendRtp(picture);
        RtpWriter.WriteHeader(picture, RehearsalOffer.Picture, marker: true, (ushort)((2 * _sequence) + 1), _sequence * 1800u, PictureSource);
        picture[RtpPacket.FixedHeaderLength] = 0;
        SendRtp(picture);
    }

    /// <summary>Waits until sound and picture have come, and tells what came, as browsers do.</summary>
    public async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        await TakeUntilAsync(() => _heardSound != 0 && _heardPicture != 0, () => { }, cancellationToken);
        var writer = new RtcpWriter(stackalloc byte[256]);
        writer.WriteReceiverReport(SoundSource);
        writer.WritePli(SoundSource, _heardPicture);
        SendRtcp(writer.Written);
        writer = new RtcpWriter(stackalloc byte[256]);
        if (_arrivals.TryWrite(ref writer, SoundSource, _heardPicture))
        {
            SendRtcp(writer.Written);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _session?.Dispose();
        _inbound?.Dispose();
        _outbound?.Dispose();
        _certificate.Dispose();
    }

    private Instant Now => new((long)(clock.GetTimestamp() * ((double)TimeSpan.TicksPerSecond / clock.TimestampFrequency)));

    // The address that it names is that of the outside; from here it may not lead back.
    private static int? PortOf(SdpDocument answer) =>
        answer.Sections.SelectMany(section => section.Attributes)
            .Where(attribute => attribute.Name == "candidate")
            .Select(attribute => attribute.Value.Split(' '))
            .Where(candidate => candidate.Length > 5 && candidate[2].Equals("udp", StringComparison.OrdinalIgnoreCase))
            .Select(candidate => (int?)int.Parse(candidate[5], CultureInfo.InvariantCulture))
            .FirstOrDefault();

    private async Task TakeUntilAsync(Func<bool> condition, Action onQuiet, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            quiet.CancelAfter(s_quiet);
            try
            {
                var length = await _socket.ReceiveAsync(_buffer, quiet.Token);
                Take(_buffer.AsSpan(0, length));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                onQuiet();
            }
        }
    }

    private void Take(Span<byte> datagram)
    {
        switch (Datagram.Classify(datagram))
        {
            case DatagramKind.Stun:
                _isValidated |= StunMessage.TryParse(datagram, out var message) && message.Class == StunClass.Success;
                break;
            case DatagramKind.Dtls when _session is { } session:
                session.Receive(datagram, Now);
                SendFlight(session);
                TakeKeys(session);
                break;
            case DatagramKind.Rtp when _inbound is { } inbound && inbound.TryUnprotectRtp(datagram, out var length):
                Hear(datagram[..length]);
                break;
        }
    }

    private void TakeKeys(DtlsSession session)
    {
        if (_inbound is null && session.State == DtlsState.Connected && session.ExportKeys() is { } keys)
        {
            _inbound = keys.CreateInbound(DtlsRole.Client);
            _outbound = keys.CreateOutbound(DtlsRole.Client, allowsRepeats: false);
        }
    }

    private void Hear(ReadOnlySpan<byte> datagram)
    {
        if (!RtpPacket.TryParse(datagram, out var packet))
        {
            return;
        }

        if (packet.TryGetExtension(RehearsalOffer.TransportCc, out var number) && number.Length == 2)
        {
            _arrivals.OnPacket(System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(number), Now);
        }

        _heardSound = packet.PayloadType == RehearsalOffer.Sound ? packet.Ssrc : _heardSound;
        _heardPicture = packet.PayloadType == RehearsalOffer.Picture ? packet.Ssrc : _heardPicture;
    }

    private void Check(RemoteDescription server)
    {
        Span<byte> request = stackalloc byte[StunWriter.MaxLength];
        Span<byte> id = stackalloc byte[12];
        Random.Shared.NextBytes(id);
        var check = new IceCheck(Priority: 1, TieBreaker: 1, Controlling: true, UseCandidate: true);
        var length = StunWriter.WriteBindingRequest(request, id, $"{server.Ufrag}:{_credentials.Ufrag}", Encoding.UTF8.GetBytes(server.Password), check);
        _socket.Send(request[..length]);
    }

    private void RepeatFlight()
    {
        _session!.OnTimeout(Now);
        SendFlight(_session);
    }

    private void SendFlight(DtlsSession session)
    {
        while (session.TryTakeDatagram(out var datagram))
        {
            _socket.Send(datagram);
        }
    }

    private void SendRtp(ReadOnlySpan<byte> packet)
    {
        Span<byte> datagram = stackalloc byte[packet.Length + SrtpProfileSizes.MaxOverhead];
        if (_outbound!.TryProtectRtp(packet, datagram, out var length))
        {
            _socket.Send(datagram[..length]);
        }
    }

    private void SendRtcp(ReadOnlySpan<byte> compound)
    {
        Span<byte> datagram = stackalloc byte[compound.Length + SrtpProfileSizes.MaxOverhead];
        if (_outbound!.TryProtectRtcp(compound, datagram, out var length))
        {
            _socket.Send(datagram[..length]);
        }
    }
}
