using Classroom.Rtc.Congestion;

namespace Classroom.Rtc.Tests.Congestion;

public sealed class PartsTests
{
    // Groups of one packet, 10 ms apart when sent.
    [Theory]
    [InlineData(10_000, LineUsage.Normal)]
    [InlineData(12_000, LineUsage.Over)]
    [InlineData(8_000, LineUsage.Under)]
    public void The_trend_of_the_delay_tells_how_the_line_is_used(long arrivalStep, LineUsage expected)
    {
        var trend = new DelayTrend();
        long arrived = 0;
        for (var i = 0; i < 60; i++)
        {
            arrived += arrivalStep;
            trend.Add(new GroupDelta(10_000, arrivalStep, Bitrate.Zero), arrived, 0);
            if (expected == LineUsage.Over && trend.Usage == LineUsage.Over)
            {
                break;
            }
        }

        Assert.Equal(expected, trend.Usage);
    }

    [Fact]
    public void Packets_sent_within_5_ms_are_one_group()
    {
        var groups = default(ArrivalGroups);
        Assert.False(groups.TryAdd(0, 100_000, 1200, 0, out _));
        Assert.False(groups.TryAdd(3_000, 103_000, 1200, 0, out _));
        Assert.False(groups.TryAdd(20_000, 120_000, 1200, 0, out _));
        Assert.True(groups.TryAdd(40_000, 150_000, 1200, 0, out var delta));
        Assert.Equal((17_000, 17_000), (delta.SendMicroseconds, delta.ArrivalMicroseconds));
    }

    [Fact]
    public void A_burst_arrives_at_the_speed_of_the_narrowest_line()
    {
        var groups = default(ArrivalGroups);
        groups.TryAdd(0, 0, 1200, 0, out _);
        for (var i = 0; i < 6; i++)
        {
            groups.TryAdd(40_000, 60_000 + (i * 9_600), 1200, 0, out _);
        }

        Assert.True(groups.TryAdd(80_000, 200_000, 1200, 0, out var delta));
        Assert.Equal(Bitrate.FromKilobits(1000), delta.Burst);
    }

    // Five bursts of two packets, 10 ms apart: 1.92 Mbit/s.
    [Theory]
    [InlineData(10_000, 1920)]
    [InlineData(20_000, 912)]
    [InlineData(9_000, 1920)]
    public void A_probe_is_measured_between_its_first_and_its_last_burst(long arrivalStep, double expected)
    {
        var clusters = new ProbeClusters();
        clusters.Begin(new ProbePlan(7, Bitrate.FromKilobits(1920), TimeSpan.FromMilliseconds(50), 12_000));
        for (var i = 0; i < 10; i++)
        {
            clusters.OnArrived(7, 1200, i / 2 * 10_000, (i / 2 * arrivalStep) + (i % 2 * 100));
        }

        Assert.True(clusters.TryMeasure(7, out var measurement));
        Assert.InRange(measurement.Rate.KilobitsPerSecond, expected * 0.98, expected * 1.02);
        Assert.Equal(arrivalStep > 10_000, measurement.IsFull);
    }

    [Fact]
    public void Half_a_probe_shows_nothing()
    {
        var clusters = new ProbeClusters();
        clusters.Begin(new ProbePlan(7, Bitrate.FromKilobits(1920), TimeSpan.FromMilliseconds(50), 12_000));
        for (var i = 0; i < 5; i++)
        {
            clusters.OnArrived(7, 1200, i * 5_000, i * 5_000);
        }

        Assert.False(clusters.TryMeasure(7, out _));
        Assert.False(clusters.TryMeasure(3, out _));
    }

    [Theory]
    [InlineData(0.3, true)]
    [InlineData(0.6, true)]
    [InlineData(0.7, false)]
    [InlineData(1.0, false)]
    public void Sending_clearly_less_than_the_estimate_is_noticed(double share, bool expected)
    {
        var detector = default(LimitedDetector);
        var estimate = Bitrate.FromKilobits(1000);
        var bytes = (int)(estimate.BytesIn(TimeSpan.FromMilliseconds(10)) * share);
        for (var ms = 0; ms < 10_000; ms += 10)
        {
            detector.OnSent(bytes, estimate, Instant.FromMilliseconds(ms));
        }

        Assert.Equal(expected, detector.IsLimited);
    }

    [Fact]
    public void A_line_that_drops_what_is_too_much_is_told_from_one_that_always_loses()
    {
        var model = new LossModel(Bitrate.FromKilobits(40));
        var random = new Random(1);
        var now = new Instant(0);
        for (var step = 0; step < 40; step++)
        {
            // Between 0.9 and 1.4 Mbit/s over a line of 1 Mbit/s without a queue.
            var kilobits = 900 + (step % 6 * 100);
            var packets = kilobits / 38;
            for (var i = 0; i < packets; i++)
            {
                Report(model, random.NextDouble() < 1 - (1000.0 / kilobits));
            }

            now += TimeSpan.FromMilliseconds(250);
            model.Update(Bitrate.FromKilobits(1400), Bitrate.FromKilobits(1000), now);
        }

        Assert.InRange(model.Rate.KilobitsPerSecond, 850, 1150);
        Assert.InRange(model.Inherent, 0, 0.1);
    }

    [Fact]
    public void Without_loss_the_model_allows_everything()
    {
        var model = new LossModel(Bitrate.FromKilobits(40));
        for (var step = 1; step < 20; step++)
        {
            Report(model, lost: false);
            model.Update(Bitrate.FromKilobits(1000), Bitrate.FromKilobits(1000), Instant.FromMilliseconds(step * 250));
        }

        Assert.Equal(Bitrate.Unlimited, model.Rate);
        Assert.Equal(0, model.Loss);
    }

    private static void Report(LossModel model, bool lost)
    {
        if (lost)
        {
            model.OnMissing(1200, isRun: false);
        }
        else
        {
            model.OnReceived(1200);
        }
    }
}
