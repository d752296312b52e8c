using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Transports;

/// <summary>What a publisher hears from us: arrival times, receiver reports, requests to repeat, requests for key frames.</summary>
internal sealed class PublishFeedback(PeerTransport transport)
{
    /// <summary>Source of our feedback; we send no media on this connection.</summary>
    private const uint OwnSsrc = 1;

    private const ulong CeilingBitsPerSecond = 8_000_000;
    private const int MostNacks = 200;
    private static readonly TimeSpan s_reports = TimeSpan.FromSeconds(1);

    private readonly TransportCcRecorder _arrivals = new();
    private byte _extension;
    private bool _wantsCeiling;
    private Instant _nextReports = Instant.MinValue;
    private uint _anySsrc;

    public void Configure(RemoteSection section, RtpCodec codec)
    {
        if (section.ExtensionId(SdpExtension.TransportCc) is var id and > 0 && codec.Feedback.Contains("transport-cc", StringComparer.Ordinal))
        {
            _extension = id;
        }

        _wantsCeiling |= codec.Feedback.Contains("goog-remb", StringComparer.Ordinal);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnPacket(in RtpPacket packet, Instant now)
    {
        _anySsrc = packet.Ssrc;
        if (_extension != 0 && packet.TryGetExtension(_extension, out var value) && value.Length == 2)
        {
            _arrivals.OnPacket(System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(value), now);
        }
    }

    public void OnSenderReport(in SenderInfo info, Instant now, TimeSpan roundTrip) =>
        transport.Sources.Find(info.Ssrc)?.OnSenderReport(info, now, roundTrip);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tick(Instant now, TimeSpan roundTrip)
    {
        if (now >= _arrivals.NextTimeout)
        {
            SendArrivals();
        }

        foreach (var publication in transport.Sources.Publications)
        {
            foreach (var encoding in publication.Encodings)
            {
                AskForMissing(encoding, now, roundTrip);
                if (encoding.Ssrc != 0 && encoding.Keyframes.TrySend(now))
                {
                    AskForKeyframe(encoding);
                }
            }

            publication.Tick(now);
        }

        if (now >= _nextReports)
        {
            _nextReports = now + s_reports;
            SendReports(now);
        }
    }

    private void SendArrivals()
    {
        Span<byte> buffer = stackalloc byte[1200];
        while (true)
        {
            var writer = new RtcpWriter(buffer);
            if (!_arrivals.TryWrite(ref writer, OwnSsrc, _anySsrc))
            {
                return;
            }

            transport.Out.SendRtcp(writer.Written);
        }
    }

    private void AskForMissing(Encoding encoding, Instant now, TimeSpan roundTrip)
    {
        Span<ushort> missing = stackalloc ushort[MostNacks];
        var count = encoding.TakeMissing(now, roundTrip, missing);
        if (count == 0)
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[1200];
        var writer = new RtcpWriter(buffer);
        writer.WriteNack(OwnSsrc, encoding.Ssrc, missing[..count]);
        transport.Out.SendRtcp(writer.Written);
    }

    private void AskForKeyframe(Encoding encoding)
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = new RtcpWriter(buffer);
        writer.WritePli(OwnSsrc, encoding.Ssrc);
        transport.Out.SendRtcp(writer.Written);
    }

    private void SendReports(Instant now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[31];
        Span<uint> sources = stackalloc uint[31];
        var count = 0;
        foreach (var publication in transport.Sources.Publications)
        {
            foreach (var encoding in publication.Encodings)
            {
                encoding.Tick(now);
                if (count < blocks.Length && encoding.Incoming.TryReport(now, out var block))
                {
                    sources[count] = block.Ssrc;
                    blocks[count++] = block;
                }
            }
        }

        if (count == 0)
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[1200];
        var writer = new RtcpWriter(buffer);
        writer.WriteReceiverReport(OwnSsrc, blocks[..count]);
        if (_wantsCeiling && _extension == 0)
        {
            // Without arrival times the publisher has no estimate of its own and would stay where it started.
            writer.WriteRemb(OwnSsrc, CeilingBitsPerSecond, sources[..count]);
        }

        transport.Out.SendRtcp(writer.Written);
    }
}
