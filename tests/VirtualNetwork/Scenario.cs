using Classroom.Rtc.Congestion;

namespace Classroom.VirtualNetwork;

/// <summary>A path and how long it is watched.</summary>
internal sealed record Scenario(string Name, PathOptions Path, TimeSpan Length)
{
    private static readonly CapacityStep[] s_three = [new(TimeSpan.Zero, Bitrate.FromKilobits(3000))];
    private static readonly PathOptions s_clean = new() { Capacity = s_three };
    private static readonly TimeSpan s_minute = TimeSpan.FromSeconds(60);

    /// <summary>The networks that the server is measured on.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("3 Mbit/s", s_clean, s_minute),
        new("500 kbit/s", s_clean with { Capacity = [new(TimeSpan.Zero, Bitrate.FromKilobits(500))] }, s_minute),
        Drop("3 → 0.5 → 3 Mbit/s", s_clean),
        Drop("the same, 300 ms each way", s_clean with { Delay = TimeSpan.FromMilliseconds(300) }),
        new("2 % loss", s_clean with { Loss = 0.02 }, s_minute),
        new("5 % loss", s_clean with { Loss = 0.05 }, s_minute),
        new("10 % loss", s_clean with { Loss = 0.10 }, s_minute),
        new("20 % loss", s_clean with { Loss = 0.20 }, s_minute),
        new("30 % loss", s_clean with { Loss = 0.30 }, s_minute),
        new("5 % loss in bursts of 8", s_clean with { Loss = 0.05, BurstLength = 8 }, s_minute),
        new("10 % loss in bursts of 8", s_clean with { Loss = 0.10, BurstLength = 8 }, s_minute),
        new("5 % reordered", s_clean with { Reordering = 0.05 }, s_minute),
        new("5 % twice", s_clean with { Duplication = 0.05 }, s_minute),
        new("20 % of reports lost", s_clean with { FeedbackLoss = 0.2 }, s_minute),
        new("300 ms each way", s_clean with { Delay = TimeSpan.FromMilliseconds(300) }, s_minute),
        new("queue of 40 ms (policer)", s_clean with { QueueBytes = 15_000 }, s_minute),
        Drop("3 → 0.5 → 3 with 5 % loss", s_clean with { Loss = 0.05 }),
        Outage("dead for 20 s", s_clean),
    ];

    private static Scenario Drop(string name, PathOptions path) => new(
        name,
        path with
        {
            Capacity =
            [
                new(TimeSpan.Zero, Bitrate.FromKilobits(3000)),
                new(TimeSpan.FromSeconds(30), Bitrate.FromKilobits(500)),
                new(TimeSpan.FromSeconds(60), Bitrate.FromKilobits(3000)),
            ],
        },
        TimeSpan.FromSeconds(90));

    private static Scenario Outage(string name, PathOptions path) => new(
        name,
        path with
        {
            Capacity =
            [
                new(TimeSpan.Zero, Bitrate.FromKilobits(3000)),
                new(TimeSpan.FromSeconds(20), Bitrate.Zero),
                new(TimeSpan.FromSeconds(40), Bitrate.FromKilobits(3000)),
            ],
        },
        s_minute);
}
