using System.Buffers.Binary;
using Classroom.MediaServer;
using Classroom.Recorder.Tests.Media;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;

namespace Classroom.Recorder.Tests.Capture;

/// <summary>What a network and a sender's clock do to media.</summary>
/// <param name="NtpOffset">The sender's clock minus ours.</param>
/// <param name="Drift">Parts of one that the sender's clock runs fast.</param>
/// <param name="DeafFromMs">From here the sender has no time to take its sound…</param>
/// <param name="DeafForMs">…for so long; its RTP time, which counts samples, stands still meanwhile.</param>
internal sealed record Link(TimeSpan NtpOffset, double Drift = 0, int DelayMs = 20, int JitterMs = 0, double Loss = 0, double Lost = 0, int Seed = 1, int DeafFromMs = 0, int DeafForMs = 0);

/// <summary>Something that arrives at the server.</summary>
internal sealed record Arrival(Instant At, bool IsVideo, byte[]? Packet, ulong Ntp, uint Rtp);

/// <summary>Turns test media into what arrives: packets with reordering, loss and retransmission, and sender reports.</summary>
internal sealed class RtpSender(SourceMedia media, Link link)
{
    private const int MaxPayload = 1100;
    private const ulong NtpEra = 3_900_000_000;
    private readonly Random _random = new(link.Seed);
    private readonly List<Arrival> _arrivals = [];
    private ushort _videoSequence = 65_500;
    private ushort _audioSequence = 40;

    private double _nextReport = 300;

    /// <param name="start">When the sender takes the first sample, on our clock.</param>
    public List<Arrival> Send(Instant start) => Send(start, media.Frames.OrderBy(frame => frame.Ms));

    /// <summary>Sends the next frames of a long stream.</summary>
    /// <returns>What arrives of them, in order.</returns>
    public List<Arrival> Send(Instant start, IEnumerable<SourceFrame> frames)
    {
        _arrivals.Clear();
        foreach (var frame in frames)
        {
            if (!frame.IsVideo && frame.Ms >= link.DeafFromMs && frame.Ms < link.DeafFromMs + link.DeafForMs)
            {
                continue;
            }

            var at = start + TimeSpan.FromMilliseconds(frame.Ms / (1 + link.Drift));
            foreach (var (payload, marker) in frame.IsVideo ? Packetize(frame) : [(frame.Data, false)])
            {
                Deliver(at, frame.IsVideo, Packet(frame, payload, marker));
            }

            if (frame.Ms >= _nextReport)
            {
                Report(at, frame.Ms, isVideo: true);
                Report(at, frame.Ms, isVideo: false);
                _nextReport += 1000;
            }
        }

        return [.. _arrivals.OrderBy(arrival => arrival.At)];
    }

    private uint Rtp(double ms, bool isVideo) =>
        isVideo ? 0xFFFF_0000 + (uint)(long)(ms * 90) : 12_345 + (uint)(long)((ms - Math.Clamp(ms - link.DeafFromMs, 0, link.DeafForMs)) * 48);

    private void Report(Instant at, double ms, bool isVideo)
    {
        // The sender's own clock: other origin, other speed.
        var seconds = link.NtpOffset.TotalSeconds + (ms / 1000.0);
        var ntp = ((NtpEra + (ulong)Math.Floor(seconds)) << 32) | (ulong)((seconds - Math.Floor(seconds)) * 4_294_967_296.0);
        _arrivals.Add(new Arrival(at + Delay(), isVideo, null, ntp, Rtp(ms, isVideo)));
    }

    private void Deliver(Instant at, bool isVideo, byte[] packet)
    {
        if (_random.NextDouble() < link.Lost)
        {
            return;
        }

        var repaired = _random.NextDouble() < link.Loss ? TimeSpan.FromMilliseconds(80) : TimeSpan.Zero;
        _arrivals.Add(new Arrival(at + Delay() + repaired, isVideo, packet, 0, 0));
    }

    private TimeSpan Delay() => TimeSpan.FromMilliseconds(link.DelayMs + (_random.NextDouble() * link.JitterMs));

    private byte[] Packet(SourceFrame frame, byte[] payload, bool marker)
    {
        var packet = new byte[RtpPacket.FixedHeaderLength + payload.Length];
        var sequence = frame.IsVideo ? _videoSequence++ : _audioSequence++;
        RtpWriter.WriteHeader(packet, frame.IsVideo ? (byte)96 : (byte)111, marker, sequence, Rtp(frame.Ms, frame.IsVideo), frame.IsVideo ? 1u : 2u);
        payload.CopyTo(packet, RtpPacket.FixedHeaderLength);
        return packet;
    }

    private IEnumerable<(byte[] Payload, bool Marker)> Packetize(SourceFrame frame)
    {
        var payloads = media.Codec == "VP8" ? Vp8(frame.Data) : H264(frame);
        return payloads.Select((payload, index) => (payload, index == payloads.Count - 1));
    }

    private static List<byte[]> Vp8(byte[] frame) =>
        [.. frame.Chunk(MaxPayload).Select((chunk, index) => (byte[])[index == 0 ? (byte)0x90 : (byte)0x80, 0x80, 0x81, 0x23, .. chunk])];

    private static List<byte[]> H264(SourceFrame frame)
    {
        var payloads = new List<byte[]>();
        if (frame.IsKey)
        {
            payloads.Add(ParameterSets(frame.CodecPrivate));
        }

        for (var rest = frame.Data.AsSpan(); rest.Length > 4;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(rest);
            AddUnit(rest.Slice(4, size).ToArray(), payloads);
            rest = rest[(4 + size)..];
        }

        return payloads;
    }

    private static void AddUnit(byte[] unit, List<byte[]> payloads)
    {
        if (unit.Length <= MaxPayload)
        {
            payloads.Add(unit);
            return;
        }

        var chunks = unit.AsSpan(1).ToArray().Chunk(MaxPayload).ToList();
        for (var i = 0; i < chunks.Count; i++)
        {
            var flags = (i == 0 ? 0x80 : 0) | (i == chunks.Count - 1 ? 0x40 : 0);
            payloads.Add([(byte)((unit[0] & 0xE0) | 28), (byte)(flags | (unit[0] & 0x1F)), .. chunks[i]]);
        }
    }

    // The first SPS and PPS of an AVCDecoderConfigurationRecord, as STAP-A.
    private static byte[] ParameterSets(byte[] record)
    {
        var spsLength = BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(6));
        var sps = record.AsSpan(6, 2 + spsLength).ToArray();
        var ppsLength = BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(9 + spsLength));
        return [24, .. sps, .. record.AsSpan(9 + spsLength, 2 + ppsLength)];
    }
}
