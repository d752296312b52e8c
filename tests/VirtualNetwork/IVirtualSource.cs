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

    /// <summary>False when a key frame has made the packet superfluous or its stream is paused: nobody asks for it any more.</summary>
    bool IsOfUse(VirtualPacket packet);

    void OnKeyframeRequest(int stream, Instant now);
}
