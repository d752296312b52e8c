using System.Runtime.CompilerServices;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>One publication on its way to one participant, under numbers of its own.</summary>
internal sealed class Subscription
{
    private readonly LoopCounters _counters;
    private readonly bool _needsKeyframe;
    private readonly RepeatFilter _repeats = new();
    private RtpRewriter _rewriter;
    private RequestBudget _budget = new();
    private SrtpOutboundStream? _stream;

    public Subscription(Publication publication, PeerTransport transport, uint ssrc, LoopCounters counters)
    {
        Publication = publication;
        Transport = transport;
        Ssrc = ssrc;
        _counters = counters;
        _needsKeyframe = publication.Info.Kind == MediaKind.Video;
    }

    public Publication Publication { get; }

    public PeerTransport Transport { get; }

    public uint Ssrc { get; }

    /// <summary>As the subscriber's description names the codec.</summary>
    public byte PayloadType { get; private set; }

    /// <summary>The subscriber accepted it.</summary>
    public bool IsActive { get; private set; }

    public OutgoingReports Reports { get; } = new();

    public void Accept(byte payloadType, Instant now)
    {
        PayloadType = payloadType;
        if (!IsActive)
        {
            IsActive = true;
            WantStart(now);
        }
    }

    /// <summary>A receiver that just came up needs its first key frame; this is outside its budget of requests.</summary>
    public void WantStart(Instant now)
    {
        if (_needsKeyframe && IsActive && !_rewriter.IsStarted)
        {
            Publication.Keyframes.Want(now);
        }
    }

    public void Detach()
    {
        IsActive = false;
        Transport.Remove(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(int slot, SendQueue queue)
    {
        ref var entry = ref Publication.Store[slot];
        if (!_rewriter.IsStarted && !TryStart(entry))
        {
            return;
        }

        if (_rewriter.TryMap(entry.Sequence, entry.Timestamp, out var sequence, out var timestamp))
        {
            Write(slot, (ushort)sequence, timestamp, queue);
            Reports.OnPacket(entry.Length);
        }
    }

    /// <summary>Sends a packet again that the subscriber did not get.</summary>
    public void Repeat(ushort outSequence, Instant now, SendQueue queue)
    {
        if (!_repeats.TryTake(outSequence, now, Reports.RoundTrip))
        {
            return;
        }

        if (!_rewriter.TryUnmap(outSequence, out var sequence) || !Publication.Store.TryFind(sequence, now, out var slot))
        {
            _counters.Refuse(Refusal.RepeatTooLate);
            return;
        }

        ref var entry = ref Publication.Store[slot];
        Write(slot, outSequence, entry.Timestamp + _rewriter.TimestampOffset, queue);
        _counters.Repeated++;
    }

    public void OnKeyframeRequest(Instant now)
    {
        if (_budget.TryTake(now))
        {
            Publication.Keyframes.Want(now);
        }
    }

    /// <summary>A sender report that keeps the publisher's own clock, so that its tracks stay in step; false before there is one.</summary>
    public bool TryMakeReport(Instant now, out SenderInfo info)
    {
        info = default;
        var source = Publication.LastReport;
        if (!source.IsKnown || !_rewriter.IsStarted || !IsActive)
        {
            return false;
        }

        var (ntp, timestamp) = source.At(now, Publication.Info.ClockRate);
        info = new SenderInfo(Ssrc, ntp, timestamp + _rewriter.TimestampOffset, Reports.Packets, Reports.Octets);
        Reports.OnReportSent(ntp, now);
        return true;
    }

    private bool TryStart(PacketStore.Entry entry)
    {
        if (_needsKeyframe && !entry.StartsKeyframe)
        {
            Publication.Keyframes.Want(entry.At);
            return false;
        }

        // Sequence numbers begin low so that early reordering does not look like a wrap.
        _rewriter.Start(entry.Sequence, entry.Timestamp, Random.Shared.Next(1000, 30000), entry.Timestamp);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(int slot, ushort sequence, uint timestamp, SendQueue queue)
    {
        ref readonly var entry = ref Publication.Store[slot];
        Span<byte> header = stackalloc byte[RtpPacket.FixedHeaderLength];
        RtpWriter.WriteHeader(header, PayloadType, entry.Marker, sequence, timestamp, Ssrc);
        if (entry.Padded)
        {
            RtpWriter.SetPaddingBit(header, present: true);
        }

        Transport.SendRtp(ref _stream, Ssrc, header, Publication.Store.Payload(slot), queue);
    }
}
