using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Tests.Rtp;

public sealed class ReceiverStatisticsTests
{
    private static readonly Instant s_start = Instant.FromMilliseconds(1000);
    private readonly ReceiverStatistics _statistics = new(42, 90_000);

    [Fact]
    public void Losses_are_counted_in_all_and_since_the_last_report()
    {
        // 0 to 99 without every fourth: a quarter is 64 of 256.
        for (var i = 0; i < 100; i++)
        {
            Feed(i, lost: i % 4 == 1);
        }

        var first = _statistics.TakeReport(s_start);
        Assert.Equal(42u, first.Ssrc);
        Assert.Equal(64, first.FractionLost);
        Assert.Equal(25, first.CumulativeLost);
        Assert.Equal(99u, first.HighestSequence);

        for (var i = 100; i < 200; i++)
        {
            Feed(i, lost: false);
        }

        var second = _statistics.TakeReport(s_start);
        Assert.Equal(0, second.FractionLost);
        Assert.Equal(25, second.CumulativeLost);
    }

    [Fact]
    public void The_highest_number_counts_its_wraps()
    {
        for (var i = 65_500; i < 65_600; i++)
        {
            Feed(i, lost: false);
        }

        var report = _statistics.TakeReport(s_start);
        Assert.Equal(65_599u, report.HighestSequence);
        Assert.Equal(0, report.CumulativeLost);
    }

    [Fact]
    public void Duplicates_make_the_loss_negative()
    {
        Feed(1, lost: false);
        Feed(1, lost: false);
        Assert.Equal(-1, _statistics.TakeReport(s_start).CumulativeLost);
    }

    [Fact]
    public void A_steady_stream_has_no_jitter_even_when_its_timestamp_wraps()
    {
        for (var i = 0; i < 1000; i++)
        {
            _statistics.OnPacket((ushort)i, unchecked(uint.MaxValue - 45_000 + ((uint)i * 900)), s_start + TimeSpan.FromMilliseconds(i * 10));
        }

        Assert.InRange(_statistics.Jitter, 0u, 1u);
    }

    // Every second packet 10 ms late: the mean difference is 10 ms, 900 units.
    [Fact]
    public void Jitter_nears_the_mean_difference()
    {
        for (var i = 0; i < 1000; i++)
        {
            _statistics.OnPacket((ushort)i, (uint)i * 1800, s_start + TimeSpan.FromMilliseconds((i * 20) + (i % 2 * 10)));
        }

        Assert.InRange(_statistics.Jitter, 890u, 900u);
    }

    [Fact]
    public void The_last_sender_report_is_named_with_its_age()
    {
        Feed(1, lost: false);
        _statistics.OnSenderReport(0x1122_3344_5566_7788, s_start);
        var report = _statistics.TakeReport(s_start + TimeSpan.FromMilliseconds(1500));
        Assert.Equal(0x3344_5566u, report.LastSenderReport);
        Assert.Equal(98_304u, report.DelaySinceLastSenderReport);
    }

    [Fact]
    public void One_stray_number_is_ignored_and_two_in_a_row_are_a_new_start()
    {
        Feed(100, lost: false);
        Feed(40_000, lost: false);
        Assert.Equal(100u, _statistics.TakeReport(s_start).HighestSequence);
        Feed(50_000, lost: false);
        Feed(50_001, lost: false);
        Assert.Equal(50_001u, _statistics.TakeReport(s_start).HighestSequence);
    }

    private void Feed(int index, bool lost)
    {
        if (!lost)
        {
            _statistics.OnPacket((ushort)index, (uint)index * 900, s_start + TimeSpan.FromMilliseconds(index * 10));
        }
    }
}
