using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;
using Classroom.Rtc.Rtcp;

namespace Classroom.VirtualNetwork;

/// <summary>The sending end as the media server has it: numbers, estimate, probes, repeats. Reports arrive as real RTCP.</summary>
internal sealed class SubscriberLink(VirtualPath path)
{
    private const int MostTries = 10;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_nackDelay = TimeSpan.FromMilliseconds(15);
    private readonly PriorityQueue<VirtualPacket, long> _repeats = new();
    private ProbeScheduler _probe;
    private Instant _nextTick = new(0);

    public SendSideBandwidth Bandwidth { get; } = new();

    public long PaddingBytes { get; private set; }

    public long RepeatedBytes { get; private set; }

    public long Bytes { get; private set; }

    public void Send(VirtualPacket packet, Instant now)
    {
        Bytes += packet.Bytes;
        _probe.OnSent(packet.Bytes);
        path.Send(packet with { Sequence = Bandwidth.OnSent(packet.Bytes, now) }, now);
    }

    public void OnReport(ReadOnlySpan<byte> report, Instant now)
    {
        var reader = new RtcpReader(report);
        while (reader.TryRead(out var packet))
        {
            if (packet.TryGetTransportCc(out var feedback))
            {
                Bandwidth.OnFeedback(feedback, now);
            }
        }
    }

    /// <summary>The receiver will ask for this one as soon as the gap shows.</summary>
    public void OnLost(VirtualPacket packet, Instant missed, TimeSpan delay, TimeSpan roundTrip)
    {
        if (packet.Frame is null || packet.Tries >= MostTries)
        {
            return;
        }

        var again = packet.Tries == 0 ? s_nackDelay : roundTrip * 0.25;
        _repeats.Enqueue(packet with { Tries = packet.Tries + 1 }, (missed + again + delay).Ticks);
    }

    public void Step(IVirtualSource source, Instant now)
    {
        while (_repeats.TryPeek(out var packet, out var due) && due <= now.Ticks)
        {
            _repeats.Dequeue();
            if (!source.IsOfUse(packet))
            {
                continue;
            }

            RepeatedBytes += packet.Bytes;
            Send(packet, now);
        }

        if (now >= _nextTick)
        {
            _nextTick = now + s_tick;
            Tick(now);
        }
    }

    private void Tick(Instant now)
    {
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
