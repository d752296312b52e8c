using System.Runtime.CompilerServices;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// Takes what a publisher sends of one encoding: follows its source, has losses noted, leaves out what is muted or not among
/// the loudest, gives packets to recordings, and brings them to the encoding in their place.
/// </summary>
/// <param name="loop">Of the room.</param>
/// <param name="encoding">Whose packets they are.</param>
internal sealed class EncodingIntake(MediaLoop loop, Encoding encoding)
{
    private readonly Publication _publication = encoding.Publication;
    private readonly SourceLine _line = new(encoding.Publication.Info.ClockRate);
    private RedundantSound? _redundancy;

    /// <summary>Source that sends now; 0 before the first packet.</summary>
    public uint Ssrc => _line.Ssrc;

    /// <summary>Added to the source's timestamps; for sender reports.</summary>
    public uint TimestampOffset => _line.TimestampOffset;

    /// <summary>The publisher may send sound with redundancy (RFC 2198) under this payload type; 0: it does not.</summary>
    public void ReadRedundancy(byte payloadType)
    {
        if (payloadType != (_redundancy?.PayloadType ?? 0))
        {
            _redundancy = payloadType == 0 ? null : new RedundantSound(payloadType, _publication.Codec.PayloadType);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Receive(in RtpPacket packet, Instant now)
    {
        if (packet.PayloadType == _publication.Codec.PayloadType)
        {
            Take(packet, default, now);
        }
        else if (_redundancy is not null && packet.PayloadType == _redundancy.PayloadType)
        {
            ReceiveRedundant(_redundancy, packet, now);
        }
        else
        {
            loop.Counters.Refuse(Refusal.UnknownSource);
        }
    }

    /// <summary>A packet that the publisher sent again (RFC 4588), in its original shape. What has come already is counted and dropped.</summary>
    public void ReceiveRepair(in RtpPacket packet, Instant now)
    {
        if (!_line.TryMapRepeat(packet, out var mapped, out var timestamp) || encoding.Store.IsPast(mapped))
        {
            loop.Counters.RepairedInVain++;
            return;
        }

        loop.Counters.Repaired++;
        encoding.Incoming.OnRepair(packet, now);
        if (!_publication.IsSimulcast)
        {
            _publication.Sinks.OnRtp(packet.Data, now);
        }

        encoding.Keep(packet, 0, mapped, timestamp, now);
    }

    private void ReceiveRedundant(RedundantSound redundancy, in RtpPacket packet, Instant now)
    {
        if (packet.Payload.IsEmpty)
        {
            // Padding that probes the line goes under the type that was sent last.
            Take(packet, default, now);
        }
        else if (!redundancy.TryRead(packet, out var red))
        {
            loop.Counters.Refuse(Refusal.BadRedundancy);
        }
        else if (redundancy.IsAllSound(red))
        {
            Take(packet, red, now);
        }
        else if (RtpPacket.TryParse(redundancy.Plain(packet, red), out var plain))
        {
            Take(plain, default, now);
        }
    }

    /// <param name="packet">As it came.</param>
    /// <param name="red">Its payload, when that has redundancy.</param>
    /// <param name="now">Time.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(in RtpPacket packet, in RedPayload red, Instant now)
    {
        if (!TryFollow(packet, now, out var sequence))
        {
            loop.Counters.Refuse(Refusal.UnknownSource);
            return;
        }

        if (!encoding.Incoming.OnPacket(packet, now))
        {
            encoding.WantKeyframe(now);
        }

        loop.IsTickDue |= encoding.Incoming.HasMissing;
        if (_publication.IsMuted)
        {
            // Nobody hears it and no recording keeps it; the numbers close up when it goes on.
            _line.Pause();
            return;
        }

        if (_redundancy is not null && _line.TryMapRepeat(packet, out var place, out _) && encoding.Store.IsPast(place))
        {
            // Late, and a packet behind it has brought it along.
            loop.Counters.Refuse(Refusal.Duplicate);
            return;
        }

        if (!_publication.IsSimulcast)
        {
            Capture(packet, red, now);
        }

        if (!_publication.IsHeard(packet, now))
        {
            // As with muting, but the recording has it.
            _line.Pause();
            return;
        }

        if (_line.GoOn(sequence, packet.Timestamp, now))
        {
            encoding.SetReport(default);
        }

        if (_line.TryMap(sequence, packet.Timestamp, out var mapped, out var timestamp))
        {
            BringBack(packet, red, mapped, timestamp, now);
            encoding.Keep(packet, red.PrimaryAt, mapped, timestamp, now);
        }
    }

    private bool TryFollow(in RtpPacket packet, Instant now, out long sequence)
    {
        if (!_line.TryFollow(packet, now, out sequence, out var change))
        {
            return false;
        }

        if (change != SourceChange.None)
        {
            encoding.Incoming.Restart(packet.Ssrc);
            encoding.SetReport(default);
        }

        if (change == SourceChange.Another)
        {
            _publication.OnSourceChanged(encoding);
            _publication.Relays?.OnState(encoding, isAnew: true);
        }

        return true;
    }

    // Recordings know nothing of redundancy.
    private void Capture(in RtpPacket packet, in RedPayload red, Instant now)
    {
        if (!_publication.Sinks.IsEmpty)
        {
            _publication.Sinks.OnRtp(packet.PayloadType == _redundancy?.PayloadType ? _redundancy.Plain(packet, red) : packet.Data, now);
        }
    }

    // What was lost on the way here and is in this packet takes its own place, for everybody: nobody has to ask for it.
    private void BringBack(in RtpPacket packet, in RedPayload red, long sequence, uint timestamp, Instant now)
    {
        for (var i = 0; i < red.EarlierCount; i++)
        {
            var block = red[i];
            var distance = _redundancy!.DistanceOf(encoding.Store, sequence, timestamp, block, now);
            if (distance == 0 || !RtpPacket.TryParse(_redundancy.Earlier(packet, block, distance), out var earlier))
            {
                continue;
            }

            loop.Counters.BroughtBack++;
            encoding.Incoming.OnBroughtBack(earlier.SequenceNumber, now);
            _publication.Sinks.OnRtp(earlier.Data, now);
            encoding.Keep(earlier, 0, sequence - distance, timestamp - block.TimestampOffset, now);
        }
    }
}
