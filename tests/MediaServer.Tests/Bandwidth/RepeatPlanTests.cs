using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Tests.Bandwidth;

public sealed class RepeatPlanTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0.02, 1, 0.98)]
    [InlineData(0.1, 2, 0.832)]
    [InlineData(0.3, 3, 0.519)]
    public void The_more_a_line_loses_the_more_copies_and_all_of_them_are_paid_for(double loss, int copies, double share)
    {
        var plan = RepeatPlan.For(State(loss, loss, 1 / (1 - loss)));
        Assert.Equal(copies, plan.Copies);
        Assert.Equal(share, plan.MediaShare, 0.001);
    }

    [Fact]
    public void Loss_by_sending_too_much_makes_no_copies() => Assert.Equal(1, RepeatPlan.For(State(0.3, 0.01, 1.4)).Copies);

    [Fact]
    public void Long_runs_would_take_the_copies_too() => Assert.Equal(1, RepeatPlan.For(State(0.1, 0.1, 8)).Copies);

    [Fact]
    public void Copies_leave_one_by_one_a_little_later_each()
    {
        var queue = new CopyQueue();
        var now = Instant.FromMilliseconds(100);
        queue.Add(7, 2, now);
        queue.Add(8, 0, now);
        var left = new List<(uint Tag, int After)>();
        for (var ms = 0; ms < 50; ms += 5)
        {
            while (queue.TryTake(now + TimeSpan.FromMilliseconds(ms), out var tag))
            {
                left.Add((tag, ms));
            }
        }

        Assert.Equal([(7u, 10), (7u, 20)], left);
        Assert.True(queue.IsEmpty);
    }

    private static BandwidthState State(double loss, double inherent, double run) =>
        new SendSideBandwidth().State with { Loss = loss, InherentLoss = inherent, LossRun = run };
}
