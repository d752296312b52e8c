using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;
using Classroom.Rtc.Rtcp;

namespace Classroom.VirtualNetwork;

/// <summary>The sending end as the media server has it: numbers, estimate, probes, repeats. Reports arrive as real RTCP.</summary>
internal sealed class SubscriberLink(VirtualPath path)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_keep = TimeSpan.FromSeconds(2);
    private readonly Dictionary<(int Stream, ushort Number), (VirtualPacket Packet, Instant At)> _store = [];
    private readonly RepeatFilter[] _repeats = [new(), new(), new()];
    private readonly CopyQueue _copies = new();
    private ProbeScheduler _probe;
    private Instant _nextTick = new(0);

    public SendSideBandwidth Bandwidth { get; } = new();

    /// <summary>How often a lost packet is sent again; set with each division of the line.</summary>
    public RepeatPlan Repeats { get; set; } = RepeatPlan.Single;

    public long PaddingBytes { get; private set; }

    public long RepeatedBytes { get; private set; }

    public long Bytes { get; private set; }

    public void Send(VirtualPacket packet, Instant now)
    {
        if (packet.Frame is not null && !packet.IsRepeat)
        {
            _store[(packet.Stream, (ushort)packet.Number)] = (packet, now);
        }

        Bytes += packet.Bytes;
        _probe.OnSent(packet.Bytes);
        var tag = packet.Frame is null ? 0 : Tag(packet.Stream, (ushort)packet.Number);
        path.Send(packet with { Sequence = Bandwidth.OnSent(packet.Bytes, now, tag) }, now);
    }

    public void OnReport(ReadOnlySpan<byte> report, IVirtualSource source, Instant now)
    {
        var reader = new RtcpReader(report);
        while (reader.TryRead(out var packet))
        {
            if (packet.TryGetTransportCc(out var feedback))
            {
                Bandwidth.OnFeedback(feedback, now);
                while (Bandwidth.TryTakeLost(now, out var lost))
                {
                    OnLost(source, lost, now);
                }
            }
            else if (packet.TryGetNack(out var nack))
            {
                foreach (var number in nack)
                {
                    Repeat(source, (int)nack.MediaSsrc, number, now);
                }
            }
            else if (packet.TryGetPli(out var pli))
            {
                source.OnKeyframeRequest((int)pli.MediaSsrc, now);
            }
        }
    }

    public void Step(IVirtualSource source, Instant now)
    {
        if (now >= _nextTick)
        {
            _nextTick = now + s_tick;
            Tick(source, now);
        }
    }

    private static uint Tag(int stream, ushort number) => PacketTag.Of((ushort)(stream + 1), number);

    private static (int Stream, ushort Number) Read(uint tag) => (PacketTag.Stream(tag) - 1, PacketTag.Sequence(tag));

    private void OnLost(IVirtualSource source, LostPacket lost, Instant now)
    {
        var (stream, number) = Read(lost.Tag);
        if (_repeats[stream].TryTakeLost(number, Repeats.Copies, lost.Sent, now))
        {
            Send(source, stream, number, now);
            _copies.Add(lost.Tag, Repeats.Copies - 1, now);
        }
    }

    private void Repeat(IVirtualSource source, int stream, ushort number, Instant now)
    {
        if (_repeats[stream].TryTake(number, Repeats.Copies, Bandwidth.Patience, now))
        {
            Send(source, stream, number, now);
            _copies.Add(Tag(stream, number), Repeats.Copies - 1, now);
        }
    }

    private void Send(IVirtualSource source, int stream, ushort number, Instant now)
    {
        if (!source.IsPaused(stream) && _store.TryGetValue((stream, number), out var sent) && now - sent.At < s_keep)
        {
            RepeatedBytes += sent.Packet.Bytes;
            Send(sent.Packet with { IsRepeat = true }, now);
        }
    }

    private void Tick(IVirtualSource source, Instant now)
    {
        while (_copies.TryTake(now, out var tag))
        {
            var (stream, number) = Read(tag);
            Send(source, stream, number, now);
        }

        Bandwidth.OnTick(now);
        if (Bandwidth.TryTakeProbe(now, out var plan))
        {
            _probe.Begin(plan, now);
        }

        for (var due = _probe.Due(now); due > 0; due -= VirtualPacket.FullSize)
        {
            PaddingBytes += VirtualPacket.FullSize;
            Send(new VirtualPacket(VirtualPacket.Anonymous, null, 0, VirtualPacket.FullSize), now);
        }
    }
}
