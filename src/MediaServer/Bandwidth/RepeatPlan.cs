using System.Runtime.InteropServices;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>
/// How often a lost packet is sent again at a time. On a line that loses much whatever is sent, a repeat is likely to be lost
/// as well, and by the time that is known the picture stands still: there several are sent at once, and count as cost.
/// </summary>
/// <param name="Copies">Of each repeat, 1 to 3.</param>
/// <param name="MediaShare">What is left of the line for packets that were not sent before, 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RepeatPlan(int Copies, double MediaShare)
{
    private const double TwiceFrom = 0.03;
    private const double ThriceFrom = 0.15;

    // Losses that do not care about each other come in runs of 1 / (1 − loss). A longer run would take the copies as well.
    private const double LongRun = 1.5;

    /// <summary>Before anything is known.</summary>
    public static RepeatPlan Single { get; } = new(1, 1);

    /// <summary>The plan for a line.</summary>
    public static RepeatPlan For(in BandwidthState state)
    {
        var copies = CopiesFor(state);
        var cost = state.Loss * copies / (1 - Math.Pow(state.Loss, copies));
        return new RepeatPlan(copies, 1 / (1 + cost));
    }

    // Loss by sending too much must not lead to sending more.
    private static int CopiesFor(in BandwidthState state) =>
        state.LossRun * (1 - state.Loss) > LongRun ? 1 : Math.Min(state.Loss, state.InherentLoss) switch
        {
            >= ThriceFrom => 3,
            >= TwiceFrom => 2,
            _ => 1,
        };
}
