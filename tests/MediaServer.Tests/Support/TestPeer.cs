using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Classroom.Rtc;
using Classroom.Rtc.Dtls;
using Classroom.Rtc.Ice;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Sdp;
using Classroom.Rtc.Srtp;
using Classroom.Rtc.Stun;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>A small WebRTC client on one link: checks, handshake, SRTP both ways.</summary>
internal sealed class TestPeer : IDisposable
{
    public const uint AudioSsrc = 1001;
    public const uint VideoSsrc = 2002;
    public const uint RepairSsrc = 2003;

    /// <summary>Id of the extension that says how loud sound is.</summary>
    public const int LevelExtension = 3;

    /// <summary>Id of the dependency descriptor in this peer's own descriptions.</summary>
    public const int DescriptorExtension = 12;

    /// <summary>Sees a packet while it lasts.</summary>
    public delegate void ReadOnlySpanAction(ReadOnlySpan<byte> packet);

    private static readonly DtlsCertificate s_certificate = DtlsCertificate.Create();

    private readonly PeerLink _link;
    private readonly DtlsSession _session = new(s_certificate, DtlsRole.Client);
    private readonly Channel<byte[]> _rtp = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _rtcp = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private SrtpContext? _inbound;
    private SrtpContext? _outbound;
    private Thread? _reader;
    private IceCredentials _credentials = IceCredentials.New();
    private volatile TaskCompletionSource _validated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _closed;
    private bool _nominates = true;

    /// <param name="link">UDP on the loopback interface when not given.</param>
    public TestPeer(PeerLink? link = null) => _link = link ?? new PeerLink();

    /// <summary>Called for each RTP packet on the thread that reads.</summary>
    public ReadOnlySpanAction? Arrived { get; set; }

    /// <summary>What of its line it tells: "transport-cc", "goog-remb", or nothing. With the former it takes retransmissions apart.</summary>
    public string LineReports { get; init; } = "";

    /// <summary>Its pictures: "VP8", "H264", or "AV1" with dependency descriptors.</summary>
    public string Picture { get; init; } = "VP8";

    /// <summary>It sends lost pictures again under a source of their own (RTX), payload type 97.</summary>
    public bool SendsRepairs { get; init; }

    /// <summary>It sends and takes sound with redundancy (RFC 2198), payload type 63, and sends lost sound again.</summary>
    public bool IsRedundant { get; init; }

    /// <summary>Payload type of its sound.</summary>
    public byte SoundType { get; init; } = 111;

    /// <summary>It knows dependency descriptors.</summary>
    public bool IsDescribed { get; init; } = true;

    public RemoteDescription? Server { get; private set; }

    /// <summary>Where the server takes datagrams, once connected.</summary>
    public EndPoint ServerAddress => _link.Server!;

    public string PublishOffer() => Offer("sendonly", $"a=ssrc:{AudioSsrc} cname:t\r\n", (SendsRepairs ? $"a=ssrc-group:FID {VideoSsrc} {RepairSsrc}\r\na=ssrc:{RepairSsrc} cname:t\r\n" : "") + $"a=ssrc:{VideoSsrc} cname:t\r\n");

    /// <summary>Video in three encodings (simulcast), named in the given order.</summary>
    public string SimulcastOffer(string rids = "q h f") => Offer(
        "sendonly",
        $"a=ssrc:{AudioSsrc} cname:t\r\n",
        $"a=extmap:4 {SdpExtension.Mid}\r\na=extmap:10 {SdpExtension.Rid}\r\na=extmap:11 {SdpExtension.RepairedRid}\r\n"
        + string.Concat(rids.Split(' ').Select(rid => $"a=rid:{rid} send\r\n")) + $"a=simulcast:send {rids.Replace(' ', ';')}\r\n");

    public string ViewOffer() => Offer("recvonly", "", "");

    /// <summary>Takes every section that is sent to us.</summary>
    public string AnswerTo(string offer)
    {
        Assert.True(RemoteDescription.TryParse(offer, out var remote));
        var text = Head(remote.Sections.Where(s => !s.IsRejected).Select(s => s.Mid));
        foreach (var section in remote.Sections)
        {
            var direction = section.Direction == SdpDirection.SendOnly ? "recvonly" : "inactive";
            text += Section(section.Kind, section.Mid, direction, "active", "", section.Codecs[0].Name);
        }

        return text;
    }

    public async Task ConnectAsync(string description)
    {
        Assert.True(RemoteDescription.TryParse(description, out var server));
        Server = server;
        Assert.True(SdpDocument.TryParse(description, out var document));
        _link.Connect(document);
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
        await CheckAsync();
        lock (_gate)
        {
            _session.Start(Now());
            Flush();
        }

        await _connected.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Goes on from another port and lets the server know by a check.</summary>
    /// <param name="nominates">Browsers differ: some nominate on every check, some check only for consent.</param>
    public async Task MoveAsync(bool nominates = true)
    {
        _nominates = nominates;
        _link.Move();
        await CheckAsync();
    }

    /// <summary>The next description that this writes has new ICE credentials.</summary>
    public void NewCredentials() => _credentials = IceCredentials.New();

    /// <summary>Goes over to the server's new credentials.</summary>
    public async Task RestartAsync(string description)
    {
        Assert.True(RemoteDescription.TryParse(description, out var server));
        Assert.NotEqual(Server!.Ufrag, server.Ufrag);
        Server = server;
        await CheckAsync();
    }

    /// <summary>Checks once more and waits for the answer.</summary>
    public Task CheckAsync()
    {
        var validated = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _validated = validated;
        Check();
        return validated.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public void SendRtp(byte[] packet)
    {
        var output = new byte[packet.Length + SrtpProfileSizes.MaxOverhead];
        Assert.True(_outbound!.TryProtectRtp(packet, output, out var length));
        SendRaw(output.AsSpan(0, length));
    }

    public void SendRtcp(ReadOnlySpan<byte> compound)
    {
        var output = new byte[compound.Length + SrtpProfileSizes.MaxOverhead];
        Assert.True(_outbound!.TryProtectRtcp(compound, output, out var length));
        SendRaw(output.AsSpan(0, length));
    }

    /// <summary>What the line to it takes, in its own opinion.</summary>
    public void SendRemb(ulong bitsPerSecond)
    {
        var writer = new RtcpWriter(new byte[256]);
        writer.WriteReceiverReport(1);
        writer.WriteRemb(1, bitsPerSecond, []);
        SendRtcp(writer.Written);
    }

    public void SendRaw(ReadOnlySpan<byte> datagram) => _link.Send(datagram);

    public ValueTask<byte[]> ReceiveRtpAsync() => TakeAsync(_rtp);

    public ValueTask<byte[]> ReceiveRtcpAsync() => TakeAsync(_rtcp);

    /// <summary>Waits until a key frame is wanted.</summary>
    /// <returns>Of which source.</returns>
    public async Task<uint> ReceivePliAsync()
    {
        while (true)
        {
            var reader = new RtcpReader(await ReceiveRtcpAsync());
            while (reader.TryRead(out var packet))
            {
                if (packet.TryGetPli(out var pli))
                {
                    return pli.MediaSsrc;
                }
            }
        }
    }

    /// <summary>Takes nothing more off the network, as a station that hangs.</summary>
    public void StopReading()
    {
        _closed = true;
        _reader!.Join();
    }

    public bool TryReceiveRtcp([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? compound) => _rtcp.Reader.TryRead(out compound);

    public bool TryReceiveRtp(out byte[]? packet) => _rtp.Reader.TryRead(out packet);

    public void Dispose()
    {
        _closed = true;
        _link.Dispose();
        _reader?.Join();
        _session.Dispose();
        _inbound?.Dispose();
        _outbound?.Dispose();
    }

    private static async ValueTask<byte[]> TakeAsync(Channel<byte[]> channel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        return await channel.Reader.ReadAsync(limit.Token);
    }

    private static Instant Now() => Instant.FromMilliseconds(Environment.TickCount64);

    private void Check() => SendRaw(Checks.Request($"{Server!.Ufrag}:{_credentials.Ufrag}", Server.Password, _nominates));

    private void Read()
    {
        var buffer = new byte[2048];
        while (!_closed)
        {
            try
            {
                var length = _link.Receive(buffer);
                Take(buffer.AsSpan(0, length));
            }
            catch (SocketException) when (!_closed)
            {
                OnQuiet();
            }
            catch (Exception exception) when (_closed && exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void OnQuiet()
    {
        if (!_validated.Task.IsCompleted)
        {
            Check();
            return;
        }

        lock (_gate)
        {
            if (_session.State == DtlsState.Handshaking)
            {
                _session.OnTimeout(Now());
                Flush();
            }
        }
    }

    private void Take(Span<byte> datagram)
    {
        switch (Datagram.Classify(datagram))
        {
            case DatagramKind.Stun:
                if (StunMessage.TryParse(datagram, out var message) && message.Class == StunClass.Success)
                {
                    _validated.TrySetResult();
                }

                break;
            case DatagramKind.Dtls:
                OnDtls(datagram);
                break;
            case DatagramKind.Rtp when _inbound is { } inbound && inbound.TryUnprotectRtp(datagram, out var length):
                Arrived?.Invoke(datagram[..length]);
                _rtp.Writer.TryWrite(datagram[..length].ToArray());
                break;
            case DatagramKind.Rtcp when _inbound is { } inbound && inbound.TryUnprotectRtcp(datagram, out var length):
                _rtcp.Writer.TryWrite(datagram[..length].ToArray());
                break;
        }
    }

    private void OnDtls(ReadOnlySpan<byte> datagram)
    {
        lock (_gate)
        {
            _session.Receive(datagram, Now());
            Flush();
            if (_session.State == DtlsState.Connected && _inbound is null)
            {
                var keys = _session.ExportKeys()!;
                Assert.Equal(Server!.Fingerprint, _session.RemoteFingerprint);
                _outbound = keys.CreateOutbound(DtlsRole.Client, allowsRepeats: true);
                _inbound = keys.CreateInbound(DtlsRole.Client);
                _connected.TrySetResult();
            }
        }
    }

    private void Flush()
    {
        while (_session.TryTakeDatagram(out var datagram))
        {
            SendRaw(datagram);
        }
    }

    private string Offer(string direction, string audio, string video) =>
        Head(["0", "1"]) + Section("audio", "0", direction, "actpass", audio, "opus") + Section("video", "1", direction, "actpass", video, Picture);

    private static string Head(IEnumerable<string> mids) => $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {string.Join(' ', mids)}\r\n";

    private string Section(string kind, string mid, string direction, string setup, string extra, string codec)
    {
        var (payloadType, map) = codec switch { "opus" => (SoundType, "opus/48000/2"), "AV1" => ((byte)45, "AV1/90000"), "H264" => ((byte)102, "H264/90000\r\na=fmtp:102 packetization-mode=1;profile-level-id=42e01f"), _ => ((byte)96, "VP8/90000") };
        extra += codec == "AV1" && IsDescribed ? $"a=extmap-allow-mixed\r\na=extmap:{DescriptorExtension} {SdpExtension.DependencyDescriptor}\r\n" : "";
        var numbered = codec != "opus" && LineReports == "transport-cc";
        var repairs = numbered || (codec != "opus" && SendsRepairs);
        extra += codec == "opus" || LineReports.Length == 0 ? "" : $"a=rtcp-fb:{payloadType} {LineReports}\r\n";
        extra += repairs ? $"a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt={payloadType}\r\n" : "";
        extra += numbered ? $"a=extmap:{SubscribeOffer.TransportCcId} {SdpExtension.TransportCc}\r\n" : "";
        var redundant = codec == "opus" && IsRedundant;
        extra += redundant ? $"a=rtpmap:63 red/48000/2\r\na=fmtp:63 {payloadType}/{payloadType}\r\na=rtcp-fb:{payloadType} nack\r\n" : "";
        return $"m={kind} 9 UDP/TLS/RTP/SAVPF {(redundant ? "63 " : "")}{payloadType}{(repairs ? " 97" : "")}\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:{_credentials.Ufrag}\r\na=ice-pwd:{_credentials.Password}\r\n"
            + $"a=fingerprint:sha-256 {s_certificate.Fingerprint}\r\na=setup:{setup}\r\na=mid:{mid}\r\na={direction}\r\na=rtcp-mux\r\na=rtpmap:{payloadType} {map}\r\n"
            + (codec == "opus" ? $"a=extmap:{LevelExtension} {SdpExtension.AudioLevel}\r\n" : $"a=rtcp-fb:{payloadType} nack\r\na=rtcp-fb:{payloadType} nack pli\r\n") + extra;
    }
}
