namespace Classroom.MediaServer;

/// <summary>Numbers of the whole media plane since start, for metrics.</summary>
public interface IMediaMetrics
{
    MediaCounters Snapshot();
}

/// <param name="Port">The UDP and TCP port in use.</param>
/// <param name="Streams">TCP connections.</param>
/// <param name="MessagesOut">Messages handed to the system; one may hold a run of packets.</param>
/// <param name="Repeated">Packets sent again on request.</param>
/// <param name="RunsRefused">Runs that the system did not take; non-zero means packets are sent one by one.</param>
/// <param name="Refused">By reason.</param>
public sealed record MediaCounters(
    int Port,
    int Rooms,
    int Transports,
    int Streams,
    long DatagramsIn,
    long BytesIn,
    long PacketsOut,
    long BytesOut,
    long MessagesOut,
    long Repeated,
    long SendErrors,
    long RunsRefused,
    IReadOnlyDictionary<Refusal, long> Refused)
{
    /// <summary>Lost packets that publishers sent again under a source of their own (RTX).</summary>
    public long Repaired { get; init; }

    /// <summary>Such packets that had come already or were too late, and padding that probes the line.</summary>
    public long RepairedInVain { get; init; }

    /// <summary>Lost packets of sound that a later packet of the publisher brought along (RED, RFC 2198).</summary>
    public long BroughtBack { get; init; }

    public IReadOnlyList<LoopFigures> Loops { get; init; } = [];
}

/// <summary>One media loop.</summary>
/// <param name="Busy">Share of one core over the last seconds, 0 to 1; measured where there are several loops.</param>
/// <param name="PacketsOut">Packets sent.</param>
/// <param name="Relayed">Packets passed to other loops for the viewers of large rooms there.</param>
public sealed record LoopFigures(double Busy, long PacketsOut, long Relayed);
