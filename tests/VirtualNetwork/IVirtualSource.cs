using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.VirtualNetwork;

/// <summary>What is sent to one receiver.</summary>
internal interface IVirtualSource
{
    /// <summary>Names of its parts, in the order of <see cref="CurrentKilobits"/>.</summary>
    IReadOnlyList<string> Parts { get; }

    /// <summary>What each part sends now, by its rung.</summary>
    IReadOnlyList<double> CurrentKilobits { get; }

    /// <summary>Called every millisecond.</summary>
    void Step(SubscriberLink link, Instant now);

    /// <summary>Share of what is sent that is not a repeat, on a line with that loss.</summary>
    double Share(double loss);

    /// <summary>The best that it could send over a line of that capacity.</summary>
    Bitrate Ideal(Bitrate capacity);

    /// <summary>The stream is not sent now; nothing of it is repeated.</summary>
    bool IsPaused(int stream);

    void OnKeyframeRequest(int stream, Instant now);
}
