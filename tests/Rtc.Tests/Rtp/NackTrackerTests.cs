using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Tests.Rtp;

public sealed class NackTrackerTests
{
    private static readonly Instant s_start = Instant.FromMilliseconds(1000);
    private static readonly TimeSpan s_roundTrip = TimeSpan.FromMilliseconds(80);
    private readonly NackTracker _tracker = new();
    private readonly ushort[] _due = new ushort[1000];

    [Theory, InlineData(9, 0), InlineData(10, 2)]
    public void A_gap_is_asked_for_after_10_ms(int elapsedMs, int count)
    {
        _tracker.OnPacket(65534, s_start);
        _tracker.OnPacket(1, s_start);
        Assert.Equal(s_start + NackTracker.FirstDelay, _tracker.NextTimeout);
        Assert.Equal(count, Take(s_start + TimeSpan.FromMilliseconds(elapsedMs)));
        if (count > 0)
        {
            Assert.Equal([65535, 0], _due[..count]);
        }
    }

    [Fact]
    public void Reordering_that_heals_in_time_asks_for_nothing()
    {
        _tracker.OnPacket(1, s_start);
        _tracker.OnPacket(3, s_start);
        _tracker.OnPacket(2, s_start + TimeSpan.FromMilliseconds(5));
        Assert.Equal(Instant.Never, _tracker.NextTimeout);
        Assert.Equal(0, Take(s_start + TimeSpan.FromSeconds(1)));
        Assert.Equal(1, _tracker.RecoveredCount);
    }

    [Fact]
    public void A_packet_is_asked_for_ten_times_a_round_trip_and_a_quarter_apart_and_then_a_key_frame()
    {
        _tracker.OnPacket(1, s_start);
        _tracker.OnPacket(3, s_start);
        var asked = new List<double>();
        while (_tracker.NextTimeout < Instant.Never)
        {
            var now = _tracker.NextTimeout;
            if (Take(now) == 1)
            {
                asked.Add((now - s_start).TotalMilliseconds);
            }
        }

        Assert.Equal([10, 110, 210, 310, 410, 510, 610, 710, 810, 910], asked);
        Assert.True(_tracker.TakeKeyFrameNeed());
        Assert.False(_tracker.TakeKeyFrameNeed());
        Assert.Equal(1, _tracker.LostCount);
    }

    [Fact]
    public void A_thousand_missing_are_tracked_and_one_more_asks_for_a_key_frame()
    {
        _tracker.OnPacket(0, s_start);
        _tracker.OnPacket(501, s_start);
        _tracker.OnPacket(1002, s_start);
        Assert.Equal(1000, _tracker.MissingCount);
        Assert.False(_tracker.TakeKeyFrameNeed());
        _tracker.OnPacket(1004, s_start);
        Assert.Equal(0, _tracker.MissingCount);
        Assert.True(_tracker.TakeKeyFrameNeed());
    }

    [Fact]
    public void A_jump_begins_anew()
    {
        _tracker.OnPacket(0, s_start);
        _tracker.OnPacket(20_000, s_start);
        Assert.Equal(0, _tracker.MissingCount);
        Assert.True(_tracker.TakeKeyFrameNeed());
        _tracker.OnPacket(20_002, s_start);
        Assert.Equal(1, _tracker.MissingCount);
    }

    [Fact]
    public void A_sender_that_starts_again_is_believed_at_its_second_packet()
    {
        _tracker.OnPacket(20_000, s_start);
        _tracker.OnPacket(500, s_start);
        Assert.False(_tracker.TakeKeyFrameNeed());
        _tracker.OnPacket(501, s_start);
        Assert.True(_tracker.TakeKeyFrameNeed());
        _tracker.OnPacket(503, s_start);
        Assert.Equal(1, _tracker.MissingCount);
    }

    [Fact]
    public void What_is_older_than_a_key_frame_is_forgotten()
    {
        _tracker.OnPacket(0, s_start);
        _tracker.OnPacket(5, s_start);
        _tracker.OnPacket(9, s_start);
        _tracker.ForgetBefore(5);
        Assert.Equal(3, Take(s_start + TimeSpan.FromSeconds(1)));
        Assert.Equal([6, 7, 8], _due[..3]);
    }

    [Fact]
    public void What_does_not_fit_stays_due()
    {
        _tracker.OnPacket(0, s_start);
        _tracker.OnPacket(6, s_start);
        var now = s_start + TimeSpan.FromMilliseconds(10);
        Assert.Equal(3, _tracker.TakeDue(now, s_roundTrip, _due.AsSpan(0, 3)));
        Assert.Equal(2, _tracker.TakeDue(now, s_roundTrip, _due.AsSpan(0, 3)));
        Assert.Equal([4, 5], _due[..2]);
    }

    // A sender, a link that loses a fifth both ways, and a tracker: in the end nothing is missing and nothing was asked
    // for that had come.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Everything_that_a_lossy_link_loses_is_recovered(int seed)
    {
        const int Packets = 20_000;
        var forward = new VirtualLink(seed, loss: 0.2, maxDelayMs: 40);
        var back = new VirtualLink(seed + 100, loss: 0.2, maxDelayMs: 40);
        var received = new HashSet<long>();
        var unwrapper = new SequenceUnwrapper();
        var now = s_start;
        _tracker.OnPacket(60_000, now);
        unwrapper.Unwrap(60_000);
        for (var i = 60_001L; i <= 60_000 + Packets || _tracker.MissingCount > 0; i++, now += TimeSpan.FromMilliseconds(2))
        {
            if (i <= 60_000 + Packets)
            {
                forward.Send(BitConverter.GetBytes((ushort)i), now);
            }

            while (back.TryReceive(now, out var request))
            {
                forward.Send(request, now);
            }

            while (forward.TryReceive(now, out var packet))
            {
                var sequence = BitConverter.ToUInt16(packet);
                received.Add(unwrapper.Unwrap(sequence));
                _tracker.OnPacket(sequence, now);
            }

            var count = Take(now);
            for (var n = 0; n < count; n++)
            {
                Assert.DoesNotContain(unwrapper.Peek(_due[n]), received);
                back.Send(BitConverter.GetBytes(_due[n]), now);
            }
        }

        Assert.InRange(_tracker.LostCount, 0, 60); // 0.36^10 and some patience
        Assert.Equal(unwrapper.Highest - 60_000, received.Count + _tracker.LostCount);
    }

    private int Take(Instant now) => _tracker.TakeDue(now, s_roundTrip, _due);
}
