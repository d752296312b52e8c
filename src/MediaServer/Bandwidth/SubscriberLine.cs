using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;
using Classroom.Rtc.Rtcp;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>
/// The line to one subscriber: what it takes, who gets how much of it, and the padding that finds out whether it takes more.
/// Only for receivers that say something of their line; the others get all that they ask for.
/// </summary>
internal sealed class SubscriberLine
{
    private const int PaddingPerTick = 64;
    private static readonly TimeSpan s_allocations = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_confirmation = TimeSpan.FromSeconds(2);

    // The first pictures come at once, unless the first reports already show that the line is too small for them.
    private static readonly TimeSpan s_trust = TimeSpan.FromSeconds(3);
    private static readonly Bitrate s_start = Bitrate.FromKilobits(1200);

    // Without a report for this long, a line was not just too full.
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(3);

    private readonly PeerTransport _transport;
    private readonly SendSideBandwidth _bandwidth;
    private readonly BandwidthAllocation _allocation = new();
    private readonly LimitNotes _notes = new();
    private readonly CopyQueue _copies = new();
    private RepeatPlan _repeats = RepeatPlan.Single;
    private ProbeScheduler _probe;
    private Instant _nextAllocation = Instant.MinValue;
    private Instant _trustedUntil = Instant.Never;
    private Instant _lastFeedback = Instant.MinValue;

    /// <param name="transport">What it carries.</param>
    /// <param name="transportCcId">Id of the extension with transport-wide sequence numbers; 0: the receiver reports no arrival times, but estimates itself (REMB).</param>
    public SubscriberLine(PeerTransport transport, byte transportCcId)
    {
        _transport = transport;
        TransportCcId = transportCcId;
        _bandwidth = new SendSideBandwidth(new BandwidthOptions { Start = s_start, HasArrivalTimes = transportCcId != 0 });
    }

    public byte TransportCcId { get; }

    /// <summary>Set for the receiver; no estimate goes beyond.</summary>
    public Bitrate Ceiling { get; set; } = Bitrate.Unlimited;

    /// <summary>Its share of what its school may receive.</summary>
    public Bitrate SchoolShare { get; set; } = Bitrate.Unlimited;

    /// <summary>What it would receive if nothing limited it.</summary>
    public Bitrate Wanted => _allocation.Wanted;

    /// <summary>It has padding or repeats to send: its turn should come at each tick.</summary>
    public bool IsInHurry => _probe.IsActive || !_copies.IsEmpty;

    /// <summary>How often a lost packet is sent again at a time.</summary>
    public int Copies => _repeats.Copies;

    /// <summary>How long a repeat may be on its way before it makes sense to send another: its report would tell that it was lost.</summary>
    public TimeSpan Patience => _bandwidth.Patience;

    public BandwidthState State => _bandwidth.State;

    public IReadOnlyList<WantedStream> Streams => _allocation.Streams;

    public void Add(Subscription subscription)
    {
        if (!_allocation.Streams.Contains(subscription.Stream))
        {
            _allocation.Add(subscription.Stream);
            _nextAllocation = Instant.MinValue;
        }
    }

    public void Remove(Subscription subscription) => _allocation.Remove(subscription.Stream);

    /// <summary>Adds the number of the next packet to its header.</summary>
    /// <returns>Length of the header.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Number(Span<byte> header, int bodyLength, uint tag, Instant now)
    {
        return PacketHeader.AddNumber(header, TransportCcId, TakeNumber(PacketHeader.MaxLength + bodyLength, tag, now));
    }

    /// <summary>The number of the next packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort TakeNumber(int bytes, uint tag, Instant now)
    {
        _probe.OnSent(bytes);
        return _bandwidth.OnSent(bytes, now, tag);
    }

    /// <summary>Copies of a packet that has just been sent again shall follow.</summary>
    public void FollowUp(uint tag, int copies, Instant now) => _copies.Add(tag, copies, now);

    public void OnFeedback(in TransportCc feedback, Instant now)
    {
        var before = _bandwidth.Estimate;
        var wasSilent = _bandwidth.IsSilent;
        _bandwidth.OnFeedback(feedback, now);
        if (wasSilent && !_bandwidth.IsSilent && now - _lastFeedback > s_outage)
        {
            // The line was away, not too full: what is paused need not prove itself first.
            _trustedUntil = now + s_trust;
            _nextAllocation = Instant.MinValue;
            _allocation.BeginAnew();
        }

        _lastFeedback = now;
        OnReport(before, now);
        while (_bandwidth.TryTakeLost(now, out var lost))
        {
            _transport.Subscriptions.At(PacketTag.Stream(lost.Tag))?.OnLost(PacketTag.Sequence(lost.Tag), lost.Sent, now);
        }
    }

    public void OnRemb(in Remb remb, Instant now)
    {
        var before = _bandwidth.Estimate;
        _bandwidth.OnRemb(remb, now);
        OnReport(before, now);
    }

    /// <param name="loss">0 to 1.</param>
    /// <param name="roundTrip">Zero: unknown.</param>
    /// <param name="now">Time.</param>
    public void OnReceiverReport(double loss, TimeSpan roundTrip, Instant now) => _bandwidth.OnReceiverReport(loss, roundTrip, now);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tick(Instant now)
    {
        _bandwidth.OnTick(now);
        if (now >= _nextAllocation && MayLimit)
        {
            Allocate(now);
        }

        while (_copies.TryTake(now, out var tag))
        {
            _transport.Subscriptions.At(PacketTag.Stream(tag))?.SendAgain(PacketTag.Sequence(tag), now);
        }

        if (_bandwidth.TryTakeProbe(now, out var plan))
        {
            _probe.Begin(plan, now);
        }

        if (_probe.IsActive)
        {
            Pad(now);
        }
    }

    /// <summary>Before the first report there is nothing to divide, unless somebody has set a ceiling.</summary>
    private bool MayLimit => _trustedUntil != Instant.Never || Ceiling != Bitrate.Unlimited || SchoolShare != Bitrate.Unlimited;

    private void OnReport(Bitrate before, Instant now)
    {
        if (_trustedUntil == Instant.Never)
        {
            _trustedUntil = now + s_trust;
        }

        // Down at once, up at the next round.
        if (_bandwidth.Estimate < before * 0.95)
        {
            Allocate(now);
        }
    }

    private void Allocate(Instant now)
    {
        _nextAllocation = now + s_allocations;
        foreach (var subscription in _transport.Subscriptions.All)
        {
            StreamLadder.Describe(subscription);
        }

        // No probe goes where a ceiling would not let media follow.
        _bandwidth.Wanted = Bitrate.Min(_allocation.Wanted, Bitrate.Min(Ceiling, SchoolShare));
        var state = _bandwidth.State;
        _repeats = RepeatPlan.For(state);
        var isTrusted = now < _trustedUntil && state.Estimate >= s_start;
        var forMedia = isTrusted ? Bitrate.Unlimited : state.Estimate * _repeats.MediaShare;
        var limits = new BandwidthLimits(forMedia, Ceiling, SchoolShare, now - state.Confirmed < s_confirmation);
        _allocation.Run(limits, now);
        foreach (var subscription in _transport.Subscriptions.All)
        {
            subscription.SetGrant(StreamLadder.Granted(subscription.Stream), now);
        }

        if (_notes.Next(_transport, now) is { } notes)
        {
            _transport.Tell(l => l.OnLimits(notes));
        }
    }

    private void Pad(Instant now)
    {
        if (Repair() is not { } repair)
        {
            return;
        }

        var due = _probe.Due(now);
        for (var i = 0; due > 0 && i < PaddingPerTick; i++)
        {
            due -= repair.Pad(due, now);
        }
    }

    private RepairStream? Repair()
    {
        foreach (var subscription in _transport.Subscriptions.All)
        {
            if (subscription.IsActive && subscription.Repair is { Format.RtxPayloadType: not 0 } repair)
            {
                return repair;
            }
        }

        return null;
    }
}
