using Classroom.Rtc.Congestion;
using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Tests.Congestion;

public sealed class EstimateTests
{
    [Fact]
    public void A_line_that_takes_more_is_found_by_probes_while_little_is_sent()
    {
        var line = new Line { Bandwidth = { Wanted = Bitrate.FromKilobits(4000) } };
        var end = line.Now + TimeSpan.FromSeconds(3);
        while (line.Now < end)
        {
            if (line.Bandwidth.TryTakeProbe(line.Now, out var plan))
            {
                line.Run(plan.Duration, plan.Rate, Bitrate.FromKilobits(10_000));
            }

            line.Run(TimeSpan.FromMilliseconds(20), Bitrate.FromKilobits(300), Bitrate.FromKilobits(10_000));
        }

        Assert.True(line.Bandwidth.Estimate >= Bitrate.FromKilobits(3800), line.Bandwidth.Estimate.ToString());
        Assert.True(line.Bandwidth.State.IsLimited);
        Assert.False(line.Bandwidth.TryTakeProbe(line.Now, out _));
    }

    [Fact]
    public void Without_probes_an_idle_line_is_neither_small_nor_great()
    {
        var line = new Line();
        line.Run(TimeSpan.FromSeconds(20), Bitrate.FromKilobits(100), Bitrate.FromKilobits(10_000));
        Assert.InRange(line.Bandwidth.Estimate.KilobitsPerSecond, 590, 660);
    }

    [Fact]
    public void A_line_that_is_too_small_is_noticed()
    {
        var line = new Line();
        line.Run(TimeSpan.FromMilliseconds(600), Bitrate.FromKilobits(600), Bitrate.FromKilobits(250));
        Assert.True(line.Bandwidth.Estimate < Bitrate.FromKilobits(260), line.Bandwidth.Estimate.ToString());
    }

    [Fact]
    public void Silence_halves_the_estimate_until_a_report_comes()
    {
        var line = new Line();
        line.Run(TimeSpan.FromSeconds(2), Bitrate.FromKilobits(500), Bitrate.FromKilobits(5000));
        var before = line.Bandwidth.Estimate;
        line.Run(TimeSpan.FromSeconds(4), Bitrate.FromKilobits(100), Bitrate.FromKilobits(5000), static _ => true);
        Assert.True(line.Bandwidth.State.IsSilent);
        Assert.True(line.Bandwidth.Estimate < before * 0.2, line.Bandwidth.Estimate.ToString());

        line.Run(TimeSpan.FromSeconds(1), Bitrate.FromKilobits(100), Bitrate.FromKilobits(5000));
        Assert.False(line.Bandwidth.State.IsSilent);
        Assert.True(line.Bandwidth.Estimate >= Bitrate.FromKilobits(500));
    }

    [Fact]
    public void In_silence_single_packets_ask_for_a_report_and_one_that_arrives_ends_it()
    {
        var line = new Line();
        line.Bandwidth.Wanted = Bitrate.FromKilobits(2000);
        line.Run(TimeSpan.FromSeconds(2), Bitrate.FromKilobits(500), Bitrate.FromKilobits(5000));
        line.Run(TimeSpan.FromSeconds(2), Bitrate.FromKilobits(500), Bitrate.FromKilobits(5000), static _ => true);
        Assert.True(line.Bandwidth.State.IsSilent);

        // The pictures are paused by now: nothing is sent but what the estimator asks for.
        var questions = Questions(line, TimeSpan.FromSeconds(60), isDead: true);
        Assert.InRange(questions, 40, 120);
        Assert.Equal(1, Questions(line, TimeSpan.FromSeconds(2), isDead: false));
        Assert.False(line.Bandwidth.State.IsSilent);
        Assert.True(line.Bandwidth.Estimate >= Bitrate.FromKilobits(500), line.Bandwidth.Estimate.ToString());
    }

    [Fact]
    public void A_full_queue_that_no_report_speaks_of_any_more_does_not_stop_the_probes()
    {
        var line = new Line();
        line.Bandwidth.Wanted = Bitrate.FromKilobits(2000);
        line.Run(TimeSpan.FromSeconds(2), Bitrate.FromKilobits(500), Bitrate.FromKilobits(5000));
        // Too much for the line, until the pictures are paused in the middle of it.
        for (var i = 0; i < 100 && line.Bandwidth.State.Usage != LineUsage.Over; i++)
        {
            line.Run(TimeSpan.FromMilliseconds(50), Bitrate.FromKilobits(900), Bitrate.FromKilobits(300));
        }

        Assert.Equal(LineUsage.Over, line.Bandwidth.State.Usage);
        line.Now += TimeSpan.FromSeconds(2);
        Assert.True(line.Bandwidth.TryTakeProbe(line.Now, out var plan));
        Assert.NotEqual(0, plan.Cluster);
    }

    [Fact]
    public void Nothing_sent_is_no_silence()
    {
        var bandwidth = new SendSideBandwidth();
        for (var ms = 0; ms < 60_000; ms += 10)
        {
            bandwidth.OnTick(Instant.FromMilliseconds(ms));
        }

        Assert.Equal(Bitrate.FromKilobits(600), bandwidth.Estimate);
    }

    [Theory]
    [InlineData(0.10)]
    [InlineData(0.30)]
    public void Loss_that_does_not_care_about_the_rate_hardly_lowers_the_estimate(double share)
    {
        var random = new Random(3);
        var line = new Line();
        line.Run(TimeSpan.FromSeconds(20), Bitrate.FromKilobits(550), Bitrate.FromKilobits(5000), _ => random.NextDouble() < share);
        Assert.True(line.Bandwidth.Estimate > Bitrate.FromKilobits(450), line.Bandwidth.Estimate.ToString());
        Assert.InRange(line.Bandwidth.State.InherentLoss, share * 0.6, share * 1.4);
    }

    [Fact]
    public void Loss_is_told_with_its_share_and_its_runs()
    {
        var line = new Line();
        line.Run(TimeSpan.FromSeconds(10), Bitrate.FromKilobits(500), Bitrate.FromKilobits(5000), static i => i % 10 == 0);
        Assert.InRange(line.Bandwidth.State.Loss, 0.08, 0.12);
        Assert.Equal(1, line.Bandwidth.State.LossRun, 0.01);
    }

    [Fact]
    public void A_probe_over_a_line_that_loses_much_measures_what_the_line_carried()
    {
        var random = new Random(5);
        var line = new Line();
        var most = Bitrate.Zero;
        line.Bandwidth.Wanted = Bitrate.FromKilobits(20_000);
        for (var i = 0; i < 100; i++)
        {
            line.Run(TimeSpan.FromMilliseconds(200), Bitrate.FromKilobits(1500), Bitrate.FromKilobits(2000), _ => random.NextDouble() < 0.3);
            most = Bitrate.Max(most, line.Bandwidth.Estimate);
        }

        Assert.InRange(line.Bandwidth.Estimate.KilobitsPerSecond, 1500, 2400);
        Assert.True(most < Bitrate.FromKilobits(2600), most.ToString());
    }

    [Fact]
    public void A_receiver_without_arrival_times_is_believed_by_its_own_word()
    {
        var bandwidth = new SendSideBandwidth(new BandwidthOptions { HasArrivalTimes = false });
        var now = Instant.FromMilliseconds(0);
        Remb(bandwidth, 400_000, now);
        Assert.Equal(Bitrate.FromKilobits(400), bandwidth.Estimate);
        for (var second = 0; second < 40; second++)
        {
            now = Instant.FromMilliseconds(second * 1000);
            Remb(bandwidth, 2_000_000, now);
            bandwidth.OnReceiverReport(0, TimeSpan.FromMilliseconds(50), now);
        }

        Assert.Equal(Bitrate.FromKilobits(2000), bandwidth.Estimate);
        bandwidth.OnReceiverReport(0.4, TimeSpan.FromMilliseconds(50), now + TimeSpan.FromSeconds(1));
        Assert.Equal(Bitrate.FromKilobits(1600), bandwidth.Estimate);
        Assert.False(bandwidth.TryTakeProbe(now, out _));
    }

    private static void Remb(SendSideBandwidth bandwidth, ulong bitsPerSecond, Instant now)
    {
        var writer = new RtcpWriter(new byte[64]);
        writer.WriteRemb(1, bitsPerSecond, [2]);
        var reader = new RtcpReader(writer.Written);
        Assert.True(reader.TryRead(out var packet));
        Assert.True(packet.TryGetRemb(out var remb));
        bandwidth.OnRemb(remb, now);
    }

    /// <summary>Sends what the estimator asks for in silence, and nothing else.</summary>
    /// <returns>How many packets that were.</returns>
    private static int Questions(Line line, TimeSpan time, bool isDead)
    {
        var count = 0;
        for (var end = line.Now + time; line.Now < end; line.Now += TimeSpan.FromMilliseconds(10))
        {
            line.Bandwidth.OnTick(line.Now);
            if (line.Bandwidth.State.IsSilent && line.Bandwidth.TryTakeProbe(line.Now, out var plan))
            {
                count++;
                line.Send(plan.Bytes, Bitrate.FromKilobits(5000), lost: isDead);
                line.Report();
            }
        }

        return count;
    }
}
