using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Tests.Bandwidth;

public sealed class ProbeSchedulerTests
{
    private static readonly Instant s_start = Instant.FromMilliseconds(1000);

    // 1.6 Mbit/s: 2,000 bytes each tick.
    private static readonly ProbePlan s_plan = new(1, Bitrate.FromKilobits(1600), TimeSpan.FromMilliseconds(40), 8000);

    [Fact]
    public void Padding_is_due_tick_by_tick()
    {
        var probe = Begin();
        for (var tick = 0; tick < 4; tick++)
        {
            var now = s_start + TimeSpan.FromMilliseconds(tick * 10);
            Assert.Equal(2000, probe.Due(now));
            probe.OnSent(2000);
            Assert.Equal(0, probe.Due(now));
        }

        Assert.False(probe.IsActive);
    }

    [Fact]
    public void Media_counts_and_padding_fills_what_it_leaves()
    {
        var probe = Begin();
        probe.OnSent(1500);
        Assert.Equal(500, probe.Due(s_start));
        probe.OnSent(4000);
        Assert.Equal(0, probe.Due(s_start));
        Assert.True(probe.IsActive);
        Assert.Equal(500, probe.Due(s_start + TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void A_loop_that_comes_late_does_not_send_a_stale_probe()
    {
        var probe = Begin();
        Assert.Equal(0, probe.Due(s_start + TimeSpan.FromMilliseconds(61)));
        Assert.False(probe.IsActive);
    }

    [Fact]
    public void Without_a_probe_nothing_is_due()
    {
        var probe = default(ProbeScheduler);
        Assert.Equal(0, probe.Due(s_start));
    }

    private static ProbeScheduler Begin()
    {
        var probe = default(ProbeScheduler);
        probe.Begin(s_plan, s_start);
        return probe;
    }
}
