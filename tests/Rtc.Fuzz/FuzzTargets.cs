using Classroom.Rtc.Fuzz.Targets;

namespace Classroom.Rtc.Fuzz;

/// <summary>All targets, in the order of a packet's walk, and what comes by signalling.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> Create() =>
    [
        new DemuxTarget(),
        new StunTarget(),
        new IceTarget(),
        new SignedIceTarget(),
        new DtlsTarget(),
        new SrtpTarget(),
        new RtpTarget(),
        new RedTarget(),
        new RtcpTarget(),
        .. PayloadTarget.All(),
        new DependencyTarget(),
        new CongestionTarget(),
        new SdpTarget(),
        new NegotiationTarget(),
    ];
}
