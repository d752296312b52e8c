using Classroom.Rtc.Congestion;
using Classroom.Rtc.Rtcp;
using Classroom.TestKit;

namespace Classroom.Rtc.Tests.Congestion;

public sealed class ReportTests
{
    private static readonly Bitrate s_capacity = Bitrate.FromKilobits(5000);

    [Fact]
    public void A_report_that_comes_again_changes_nothing()
    {
        var line = new Line();
        for (var i = 0; i < 10; i++)
        {
            line.Send(1200, s_capacity);
            line.Now += TimeSpan.FromMilliseconds(5);
        }

        line.Report(copies: 3);
        var counters = line.Bandwidth.State.Counters;
        Assert.Equal((10, 20, 0), (counters.Acknowledged, counters.Repeated, counters.Missing));
    }

    [Fact]
    public void A_packet_that_was_reported_missing_may_still_arrive()
    {
        var bandwidth = new SendSideBandwidth();
        var now = Instant.FromMilliseconds(1000);
        for (var i = 0; i < 3; i++)
        {
            bandwidth.OnSent(1200, now);
        }

        Instant[] first = [now, Instant.Never, now + TimeSpan.FromMilliseconds(1)];
        Report(bandwidth, 0, first, now + TimeSpan.FromMilliseconds(50));
        Assert.Equal(1, bandwidth.State.Counters.Missing);
        Report(bandwidth, 1, [now + TimeSpan.FromMilliseconds(30)], now + TimeSpan.FromMilliseconds(100));
        var counters = bandwidth.State.Counters;
        Assert.Equal((3, 1, 1), (counters.Acknowledged, counters.Missing, counters.Recovered));
    }

    [Fact]
    public void Numbers_that_were_never_sent_are_counted_and_do_nothing()
    {
        var bandwidth = new SendSideBandwidth();
        var now = Instant.FromMilliseconds(1000);
        bandwidth.OnSent(1200, now);
        var before = bandwidth.Estimate;
        Report(bandwidth, 5000, [now, now, Instant.Never, now], now);
        Assert.Equal(4, bandwidth.State.Counters.Unknown);
        Assert.Equal(0, bandwidth.State.Counters.Acknowledged);
        Assert.Equal(before, bandwidth.Estimate);
    }

    [Fact]
    public void Lost_reports_show_in_their_count()
    {
        var bandwidth = new SendSideBandwidth();
        var now = Instant.FromMilliseconds(1000);
        for (var i = 0; i < 4; i++)
        {
            bandwidth.OnSent(1200, now);
        }

        Report(bandwidth, 0, [now], now, count: 254);
        Report(bandwidth, 1, [now], now, count: 1);
        Assert.Equal(2, bandwidth.State.Counters.Lost);
    }

    [Fact]
    public void The_round_trip_is_that_of_the_newest_packet()
    {
        var bandwidth = new SendSideBandwidth();
        var now = Instant.FromMilliseconds(1000);
        bandwidth.OnSent(1200, now);
        bandwidth.OnSent(1200, now + TimeSpan.FromMilliseconds(40));
        Report(bandwidth, 0, [now + TimeSpan.FromMilliseconds(30), now + TimeSpan.FromMilliseconds(70)], now + TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.FromMilliseconds(60), bandwidth.State.RoundTrip);
    }

    [Fact]
    public void The_arrival_clock_may_wrap()
    {
        // 24 bits of 64 ms: the reference time is about to start again from zero.
        var line = new Line { Now = new Instant(((1L << 24) * 640_000L) - (TimeSpan.TicksPerSecond * 2)) };
        line.Run(TimeSpan.FromSeconds(6), Bitrate.FromKilobits(500), s_capacity);
        Assert.Equal(LineUsage.Normal, line.Bandwidth.State.Usage);
        Assert.InRange(line.Bandwidth.State.Acknowledged.KilobitsPerSecond, 450, 550);
        Assert.True(line.Bandwidth.State.Queue < TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public void Nothing_is_allocated_once_the_record_has_its_size()
    {
        var line = new Line();
        line.Run(TimeSpan.FromSeconds(5), Bitrate.FromKilobits(2000), s_capacity);
        Assert.Equal(0, Allocations.OfQuietest(() => line.Run(TimeSpan.FromSeconds(5), Bitrate.FromKilobits(2000), s_capacity)));
    }

    [Fact]
    public void An_estimator_takes_less_than_12_KB_and_less_than_60_on_a_fast_line()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bandwidth = new SendSideBandwidth();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12 * 1024);
        for (var i = 0; i < 20_000; i++)
        {
            bandwidth.OnSent(1200, Instant.FromMilliseconds(i));
        }

        Assert.Equal(48 * 1024, bandwidth.RecordMemory);
    }

    private static void Report(SendSideBandwidth bandwidth, ushort first, ReadOnlySpan<Instant> arrivals, Instant now, byte count = 0)
    {
        var writer = new RtcpWriter(new byte[400]);
        Assert.Equal(arrivals.Length, writer.WriteTransportCc(1, 2, first, count, arrivals));
        Line.Deliver(bandwidth, writer.Written, now);
    }
}
