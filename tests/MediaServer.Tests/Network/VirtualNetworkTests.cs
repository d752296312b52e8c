using Classroom.VirtualNetwork;

namespace Classroom.MediaServer.Tests.Network;

/// <summary>The estimate and the allocation on the networks of docs/bandwidth.md, in virtual time.</summary>
public sealed class VirtualNetworkTests
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(s => s.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_source_that_sends_what_it_may_fills_the_line_without_filling_its_queue(string name)
    {
        var result = Simulation.Run(Find(name), new FluidSource());
        Assert.True(result.Utilisation > 0.85, $"Utilisation {result.Utilisation:P0}.");
        Assert.True(result.QueueP95 < 100, $"Queue {result.QueueP95:0} ms.");
        Assert.All(result.SettleSeconds, s => Assert.True(s < 10, $"Settled after {s:0.0} s."));
    }

    [Theory, MemberData(nameof(Names))]
    public void In_a_lesson_the_voices_flow_and_the_queue_stays_short(string name)
    {
        var scenario = Find(name);
        var result = Simulation.Run(scenario, new LessonSource(1));
        var dead = scenario.Path.Capacity.Any(s => s.Capacity.BitsPerSecond == 0);
        Assert.True(result.QueueP95 < 100, $"Queue {result.QueueP95:0} ms.");
        Assert.True(dead || result.VoiceLoss < scenario.Path.Loss + 0.02, $"Voices lost {result.VoiceLoss:P1}.");
        Assert.True(dead || result.LongestVoiceGapMs < 500, $"Silent for {result.LongestVoiceGapMs:0} ms.");
        Assert.True(result.PaddingShare < 0.04, $"Padding {result.PaddingShare:P1}.");
    }

    [Theory]
    [InlineData("3 Mbit/s", 0.98)]
    [InlineData("500 kbit/s", 0.95)]
    [InlineData("300 ms each way", 0.9)]
    [InlineData("2 % loss", 0.95)]
    [InlineData("5 % loss", 0.9)]
    [InlineData("5 % reordered", 0.95)]
    [InlineData("5 % twice", 0.95)]
    [InlineData("20 % of reports lost", 0.9)]
    [InlineData("3 → 0.5 → 3 Mbit/s", 0.85)]
    [InlineData("queue of 40 ms (policer)", 0.95)]
    public void A_lesson_has_the_layers_that_fit(string name, double least)
    {
        var result = Simulation.Run(Find(name), new LessonSource(1));
        Assert.True(result.OfIdeal > least, $"{result.OfIdeal:P0} of the layers that fit.");
    }

    [Theory]
    [InlineData("2 % loss", 0.85, 0.02)]
    [InlineData("5 % loss", 0.82, 0.03)]
    [InlineData("10 % loss", 0.75, 0.03)]
    [InlineData("20 % loss", 0.72, 0.04)]
    [InlineData("30 % loss", 0.72, 0.07)]
    [InlineData("5 % loss in bursts of 8", 0.7, 0.08)]
    [InlineData("10 % loss in bursts of 8", 0.6, 0.14)]
    public void Under_loss_a_lesson_uses_the_line_and_its_pictures_move(string name, double least, double mostFrozen)
    {
        var result = Simulation.Run(Find(name), new LessonSource(1));
        Assert.True(result.Utilisation > least, $"Utilisation {result.Utilisation:P0}.");
        Assert.True(result.FrozenShare < mostFrozen, $"Frozen {result.FrozenShare:P1}.");
    }

    [Theory]
    [InlineData("3 Mbit/s")]
    [InlineData("500 kbit/s")]
    [InlineData("300 ms each way")]
    [InlineData("5 % reordered")]
    [InlineData("5 % twice")]
    [InlineData("20 % of reports lost")]
    public void Without_loss_nothing_freezes(string name) =>
        Assert.Equal(0, Simulation.Run(Find(name), new LessonSource(1)).Freezes);

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var first = Simulation.Run(Find("10 % loss"), new LessonSource(7), 7);
        var second = Simulation.Run(Find("10 % loss"), new LessonSource(7), 7);
        Assert.Equal(first.Timeline.Select(s => s.Estimate), second.Timeline.Select(s => s.Estimate));
    }

    private static Scenario Find(string name) => Scenario.All.Single(s => s.Name == name);
}
