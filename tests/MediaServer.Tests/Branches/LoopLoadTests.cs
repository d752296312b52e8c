using Classroom.MediaServer.Loops;
using Classroom.Rtc;

namespace Classroom.MediaServer.Tests.Branches;

public sealed class LoopLoadTests
{
    private readonly LoopLoad _load = new();
    private TimeSpan _used;
    private long _now;

    [Fact]
    public void It_is_the_share_of_a_core_over_the_last_seconds()
    {
        Run(seconds: 10, share: 0.8, watchers: 100);
        Assert.InRange(_load.Busy, 0.79, 0.81);
        Run(seconds: 1, share: 0, watchers: 100);
        Assert.InRange(_load.Busy, 0.39, 0.41);
        Run(seconds: 8, share: 0.1, watchers: 100);
        Assert.InRange(_load.Busy, 0.09, 0.11);
    }

    [Fact]
    public void Who_was_placed_is_expected_to_cost_what_the_others_do_until_it_is_measured()
    {
        Run(seconds: 10, share: 0.4, watchers: 100);
        for (var i = 0; i < 50; i++)
        {
            _load.Place();
        }

        Assert.InRange(_load.Expected, 0.59, 0.61);
        Run(seconds: 10, share: 0.6, watchers: 150);
        Assert.InRange(_load.Expected, 0.59, 0.61);
    }

    private void Run(int seconds, double share, int watchers)
    {
        for (var i = 0; i < seconds; i++)
        {
            _now += 1000;
            _used += TimeSpan.FromSeconds(share);
            Assert.True(_load.IsDue(Instant.FromMilliseconds(_now)));
            _load.Sample(_used, watchers, Instant.FromMilliseconds(_now));
        }
    }
}
