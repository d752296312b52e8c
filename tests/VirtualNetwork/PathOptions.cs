using Classroom.Rtc.Congestion;

namespace Classroom.VirtualNetwork;

/// <summary>From a moment on, the line takes this much.</summary>
/// <param name="From">Since the start.</param>
/// <param name="Capacity">Zero: the line is dead.</param>
public sealed record CapacityStep(TimeSpan From, Bitrate Capacity);

/// <summary>A line from the server to one receiver, and back.</summary>
public sealed record PathOptions
{
    /// <summary>In order of time; the first begins at zero.</summary>
    public required IReadOnlyList<CapacityStep> Capacity { get; init; }

    /// <summary>One way, without any queue; the same back.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Bytes that wait in front of the line; what does not fit is dropped.</summary>
    public int QueueBytes { get; init; } = 150_000;

    /// <summary>Share of packets lost behind the queue, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Mean length of a run of losses in packets (Gilbert-Elliott); 1: independent losses.</summary>
    public double BurstLength { get; init; } = 1;

    /// <summary>Share of packets that come up to 30 ms late, 0 to 1.</summary>
    public double Reordering { get; init; }

    /// <summary>Share of packets that come twice, 0 to 1.</summary>
    public double Duplication { get; init; }

    /// <summary>Share of reports that are lost, 0 to 1.</summary>
    public double FeedbackLoss { get; init; }

    public Bitrate CapacityAt(TimeSpan time)
    {
        var capacity = Capacity[0].Capacity;
        foreach (var step in Capacity)
        {
            capacity = step.From <= time ? step.Capacity : capacity;
        }

        return capacity;
    }
}
