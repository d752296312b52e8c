using System.Runtime.CompilerServices;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>What arrives of one publication and what is missing: for receiver reports, requests to repeat, and statistics.</summary>
/// <param name="clockRate">Of its timestamps.</param>
/// <param name="repairs">Whether the publisher sends lost packets again.</param>
internal sealed class IncomingStream(int clockRate, bool repairs)
{
    private RateMeter _rate;
    private NackTracker? _missing;
    private ReceiverStatistics? _statistics;

    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    public double BitsPerSecond => _rate.BitsPerSecond;

    /// <summary>Over the last report interval.</summary>
    public double LossPercent { get; private set; }

    public double JitterMs => (_statistics?.Jitter ?? 0) * 1000.0 / clockRate;

    /// <summary>Another source sends now.</summary>
    public void Restart(uint ssrc)
    {
        _statistics = new ReceiverStatistics(ssrc, clockRate);
        _missing = repairs ? new NackTracker() : null;
    }

    /// <summary>Nothing is asked for that came before the next packet.</summary>
    public void ForgetMissing() => _missing = _missing is null ? null : new NackTracker();

    /// <summary>Packets have to be asked for, perhaps again.</summary>
    public bool HasMissing => _missing is { MissingCount: > 0 };

    /// <summary>False when so much is missing that only a key frame helps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool OnPacket(in RtpPacket packet, Instant now)
    {
        Packets++;
        Bytes += packet.Data.Length;
        _rate.Add(packet.Data.Length);
        _statistics!.OnPacket(packet.SequenceNumber, packet.Timestamp, now);
        if (_missing is null)
        {
            return true;
        }

        _missing.OnPacket(packet.SequenceNumber, now);
        return !_missing.TakeKeyFrameNeed();
    }

    /// <summary>A lost packet came under a source of its own: reports go on to tell of the loss (RFC 4588, 4).</summary>
    public void OnRepair(in RtpPacket packet, Instant now)
    {
        Packets++;
        Bytes += packet.Data.Length;
        _rate.Add(packet.Data.Length);
        _missing?.OnPacket(packet.SequenceNumber, now);
    }

    /// <summary>A lost packet came within a later one: it need not be asked for, and reports go on to tell of the loss.</summary>
    public void OnBroughtBack(ushort sequence, Instant now) => _missing?.OnPacket(sequence, now);

    public void OnSenderReport(ulong ntp, Instant now) => _statistics?.OnSenderReport(ntp, now);

    /// <summary>Sequence numbers to ask for now.</summary>
    public int TakeMissing(Instant now, TimeSpan roundTrip, Span<ushort> destination) => _missing?.TakeDue(now, roundTrip, destination) ?? 0;

    /// <summary>False before the first packet.</summary>
    public bool TryReport(Instant now, out ReportBlock block)
    {
        block = default;
        if (_statistics is null)
        {
            return false;
        }

        block = _statistics.TakeReport(now);
        LossPercent = block.FractionLost * 100.0 / 256;
        return true;
    }

    public void Tick(Instant now) => _rate.Tick(now);
}
