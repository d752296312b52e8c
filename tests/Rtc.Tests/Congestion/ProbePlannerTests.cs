using Classroom.Rtc.Congestion;

namespace Classroom.Rtc.Tests.Congestion;

public sealed class ProbePlannerTests
{
    private static readonly Bitrate s_most = Bitrate.FromKilobits(20_000);
    private readonly ProbePlanner _planner = new(s_most);
    private Instant _now = Instant.FromMilliseconds(1000);

    [Fact]
    public void It_doubles_while_the_line_keeps_up_and_stops_when_it_is_full()
    {
        Assert.Equal(1800, Plan(600)!.Value.Rate.KilobitsPerSecond);
        Assert.Null(Plan(600));
        Answer(1800, isFull: false, 600);
        Assert.Equal(3600, Plan(1800)!.Value.Rate.KilobitsPerSecond);
        Answer(2800, isFull: true, 1800);
        Assert.Null(Plan(2800));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(600)]
    public void Nobody_probes_for_what_nobody_wants(double wanted) => Assert.Null(Plan(600, wanted));

    [Fact]
    public void It_goes_little_beyond_what_is_wanted() => Assert.Equal(1100, Plan(600, wanted: 1000)!.Value.Rate.KilobitsPerSecond);

    [Fact]
    public void A_queue_that_grows_is_left_alone() => Assert.Null(Plan(600, usage: LineUsage.Over));

    [Fact]
    public void It_asks_again_at_growing_intervals_of_five_seconds_at_most()
    {
        var gaps = new List<double>();
        var last = _now;
        for (var ms = 0; ms < 60_000; ms += 10, _now += TimeSpan.FromMilliseconds(10))
        {
            if (Plan(600) is not null)
            {
                gaps.Add((_now - last).TotalSeconds);
                last = _now;
                Answer(600, isFull: true, 600);
            }
        }

        Assert.Equal(1.5, gaps[1], 0.02);
        Assert.Equal(2.25, gaps[2], 0.02);
        Assert.Equal(5, gaps[^1], 0.02);
        Assert.True(gaps.Max() < 5.1);
    }

    [Fact]
    public void After_a_deep_fall_it_tries_soon_whether_the_line_is_back()
    {
        Plan(3000);
        Answer(600, isFull: true, 3000);
        _planner.OnFall(Bitrate.FromKilobits(3000), Bitrate.FromKilobits(1000), _now);
        Assert.Null(Plan(1000));
        _now += TimeSpan.FromSeconds(1);
        Assert.Equal(2550, Plan(1000)!.Value.Rate.KilobitsPerSecond);
    }

    [Fact]
    public void A_probe_that_nobody_answers_is_given_up()
    {
        Plan(600);
        _now += TimeSpan.FromSeconds(2);
        Assert.NotNull(Plan(600));
        Assert.Equal((2, 0), (_planner.Planned, _planner.Succeeded));
    }

    [Fact]
    public void A_slow_probe_lasts_until_there_is_enough_to_measure()
    {
        var plan = Plan(40)!.Value;
        Assert.Equal(6000, plan.Bytes);
        Assert.Equal(0.4, plan.Duration.TotalSeconds, 3);
    }

    private ProbePlan? Plan(double estimate, double wanted = 10_000, LineUsage usage = LineUsage.Normal)
    {
        var situation = new ProbeSituation(Bitrate.FromKilobits(estimate), Bitrate.FromKilobits(wanted), usage, TimeSpan.FromMilliseconds(50));
        return _planner.TryPlan(situation, _now, out var plan) ? plan : null;
    }

    private void Answer(double kilobits, bool isFull, double estimate) =>
        _planner.OnResult(new ProbeMeasurement(Bitrate.FromKilobits(kilobits), Bitrate.FromKilobits(kilobits), isFull), Bitrate.FromKilobits(estimate));
}
