using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Rooms;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Feeds;

/// <summary>A participant's media that a program on this machine brings. Lives on the room's loop; packets come over a ring.</summary>
internal sealed class Feed(Room room, Participant owner) : IMediaFeed, IPublisherEnd, ILoopIntake
{
    private const int PacketsPerTurn = 256;
    private static readonly TimeSpan s_ticks = TimeSpan.FromSeconds(1);

    private readonly MediaLoop _loop = room.Loop;
    private readonly FeedRing _ring = new();
    private readonly FeedClock _clock = new();
    private readonly List<FeedStream> _streams = [];
    private Instant _nextTick = Instant.MinValue;
    private volatile bool _isClosed;

    public bool IsClosed => _isClosed;

    public bool TryWrite(ReadOnlySpan<byte> packet)
    {
        if (_isClosed || packet.Length > FeedFormat.LongestPacket || !_ring.TryWrite(packet, out var isFirst))
        {
            return false;
        }

        if (isFirst)
        {
            _loop.Wake();
        }

        return true;
    }

    /// <summary>From any thread.</summary>
    public void Dispose() => _loop.Commands.Send(() => room.EndFeed(owner, this));

    public void Add(Publication publication) => _streams.Add(new FeedStream(_loop, publication, _clock));

    public void Remove(Publication publication) => _streams.RemoveAll(s => s.Publication == publication);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Take(Instant now)
    {
        var taken = 0;
        for (; taken < PacketsPerTurn && _ring.TryPeek(out var packet); taken++)
        {
            _loop.Counters.DatagramsIn++;
            _loop.Counters.BytesIn += packet.Length;
            try
            {
                Dispatch(packet, now);
            }
            finally
            {
                // Also one that was too much for somebody: it must not come again.
                _ring.Advance();
            }
        }

        return taken;
    }

    public void Tick(Instant now)
    {
        if (now < _nextTick)
        {
            return;
        }

        _nextTick = now + s_ticks;
        foreach (var stream in _streams)
        {
            stream.Tick(now);
        }
    }

    public void Close()
    {
        _isClosed = true;
        _loop.Intakes.Remove(this);
    }

    private void Dispatch(Span<byte> packet, Instant now)
    {
        switch (Datagram.Classify(packet))
        {
            case DatagramKind.Rtp when RtpPacket.TryParse(packet, out var rtp) && Find(rtp.Ssrc) is { } stream:
                stream.OnPacket(rtp, now);
                break;
            case DatagramKind.Rtcp:
                OnRtcp(packet);
                break;
            default:
                _loop.Counters.Refuse(Refusal.UnknownSource);
                break;
        }
    }

    private void OnRtcp(ReadOnlySpan<byte> compound)
    {
        var reader = new RtcpReader(compound);
        while (reader.TryRead(out var packet))
        {
            if (packet.TryGetSenderReport(out var report))
            {
                Find(report.Info.Ssrc)?.OnSenderReport(report.Info);
            }
        }
    }

    private FeedStream? Find(uint ssrc)
    {
        foreach (var stream in _streams)
        {
            if (FeedRequest.FormatOf(stream.Publication.Info.Kind).Ssrc == ssrc)
            {
                return stream;
            }
        }

        return null;
    }
}
