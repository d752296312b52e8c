using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;

namespace Classroom.MediaServer.Transports;

/// <summary>Reports to a subscriber, and its wishes.</summary>
internal sealed class SubscribeFeedback(MediaLoop loop, PeerTransport transport)
{
    private const int RepeatsPerDatagram = 300;
    private static readonly TimeSpan s_reports = TimeSpan.FromSeconds(1);

    // Spread over the second, so that a full room does not report all at once.
    private int _repeatsLeft;
    private Instant _nextReports = new(Random.Shared.NextInt64(TimeSpan.TicksPerSecond));

    /// <summary>What follows came in one datagram.</summary>
    public void BeginDatagram() => _repeatsLeft = RepeatsPerDatagram;

    public void OnPacket(in RtcpPacket packet, Instant now)
    {
        if (packet.TryGetReceiverReport(out var report))
        {
            OnBlocks(report.Blocks, now);
        }
        else if (packet.TryGetNack(out var nack))
        {
            OnNack(nack, now);
        }
        else if (packet.TryGetTransportCc(out var arrivals))
        {
            transport.Out.Line?.OnFeedback(arrivals, now);
            HurryIfNeeded();
        }
        else if (packet.TryGetRemb(out var remb))
        {
            transport.Out.Line?.OnRemb(remb, now);
        }
        else if (packet.TryGetPli(out var pli))
        {
            transport.Subscriptions.Find(pli.MediaSsrc)?.OnKeyframeRequest(now);
        }
        else if (packet.TryGetFir(out var requests))
        {
            for (var i = 0; i < requests.Count; i++)
            {
                transport.Subscriptions.Find(requests[i].Ssrc)?.OnKeyframeRequest(now);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tick(Instant now)
    {
        // What the line carries first: who begins now begins with that.
        if (transport.Out.Line is { } line)
        {
            line.Tick(now);
            HurryIfNeeded();
        }

        foreach (var subscription in transport.Subscriptions.All)
        {
            if (subscription.Publication.IsLayered)
            {
                subscription.Update(now);
            }
            else if (!subscription.IsStarted)
            {
                subscription.Start(now);
            }

            if (subscription.BeginsSoon(now))
            {
                loop.Hurry(transport);
            }
        }

        if (now < _nextReports)
        {
            return;
        }

        _nextReports = _nextReports + s_reports < now ? now + s_reports : _nextReports + s_reports;
        foreach (var subscription in transport.Subscriptions.All)
        {
            subscription.Reports.Tick(now);
            Report(subscription, now);
        }
    }

    private void OnBlocks(ReportBlocks blocks, Instant now)
    {
        var (worst, roundTrip) = (0, TimeSpan.Zero);
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (transport.Subscriptions.Find(block.Ssrc)?.Reports is { } reports)
            {
                reports.OnReceiverReport(block.FractionLost, block.LastSenderReport, block.DelaySinceLastSenderReport, now);
                (worst, roundTrip) = (Math.Max(worst, block.FractionLost), reports.RoundTrip);
            }
        }

        transport.Out.Line?.OnReceiverReport(worst / 256.0, roundTrip, now);
    }

    private void OnNack(Nack nack, Instant now)
    {
        if (transport.Subscriptions.Find(nack.MediaSsrc) is not { } subscription)
        {
            return;
        }

        foreach (var sequence in nack)
        {
            if (_repeatsLeft-- <= 0)
            {
                return;
            }

            subscription.Repeat(sequence, now);
        }

        HurryIfNeeded();
    }

    private void HurryIfNeeded()
    {
        if (transport.Out.Line is { IsInHurry: true })
        {
            loop.Hurry(transport);
        }
    }

    private void Report(Subscription subscription, Instant now)
    {
        if (!subscription.TryMakeReport(now, out var info))
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[256];
        var writer = new RtcpWriter(buffer);
        writer.WriteSenderReport(info);
        writer.WriteSdes(subscription.Ssrc, subscription.Publication.Owner.Cname);
        transport.Out.SendRtcp(writer.Written);
    }
}
