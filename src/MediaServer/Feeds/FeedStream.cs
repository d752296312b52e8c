using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Feeds;

/// <summary>
/// One stream of a feed. The sender's reports say only how its streams lie to each other: a program that passes on what an
/// appliance films tells its own clock in them, not the appliance's. So everybody else gets reports by the packets' own times.
/// </summary>
internal sealed class FeedStream(MediaLoop loop, Publication publication, FeedClock clock)
{
    private const long NtpEpochTicks = 599_266_080_000_000_000; // 1 January 1900 (RFC 3550, 4).
    private static readonly TimeSpan s_reports = TimeSpan.FromSeconds(1);

    private readonly int _clockRate = publication.Info.ClockRate;
    private TimestampUnwrapper _unwrapper;
    private long? _anchorTicks;
    private long _anchorTimestamp;
    private Instant _nextReport = Instant.MinValue;

    public Publication Publication => publication;

    private Encoding Encoding => publication.Encodings[0];

    public void OnSenderReport(in SenderInfo info)
    {
        if (_anchorTicks is null)
        {
            _anchorTicks = (long)((UInt128)info.NtpTimestamp * TimeSpan.TicksPerSecond >> 32);
            _anchorTimestamp = _unwrapper.Unwrap(info.RtpTimestamp);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnPacket(in RtpPacket packet, Instant now)
    {
        Encoding.Intake.Receive(packet, now);
        var timestamp = _unwrapper.Unwrap(packet.Timestamp);
        if (_anchorTicks is not { } anchor)
        {
            return;
        }

        var taken = anchor + ((timestamp - _anchorTimestamp) * TimeSpan.TicksPerSecond / _clockRate);
        clock.OnPacket(taken, now);
        if (now >= _nextReport)
        {
            _nextReport = now + s_reports;
            var info = new SenderInfo(packet.Ssrc, ToNtp(new Instant(taken + clock.Offset)), packet.Timestamp, PacketCount: 0, OctetCount: 0);
            Encoding.OnSenderReport(info, now, TimeSpan.Zero);
        }
    }

    public void Tick(Instant now)
    {
        Encoding.Tick(now);
        Encoding.Incoming.TryReport(now, out _);
    }

    private ulong ToNtp(Instant instant) =>
        (ulong)(((UInt128)(loop.Clock.ToUtc(instant).UtcTicks - NtpEpochTicks) << 32) / TimeSpan.TicksPerSecond);
}
