using Classroom.Rtc;

namespace Classroom.MediaServer;

public enum ConnectionEventKind { Stun, Dtls, Rtp, Rtcp, State }

/// <summary>Hears everything that comes and goes on one connection. Called on the media loop: note it and return.</summary>
public interface IConnectionTrace
{
    void OnEvent(in ConnectionEvent happened);
}

/// <summary>One thing that came or went on a connection that is traced.</summary>
/// <param name="At">When.</param>
/// <param name="IsOut">Sent by the server.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Bytes: of RTP and RTCP in the clear, of the others on the wire; 0 for a state.</param>
public readonly record struct ConnectionEvent(Instant At, bool IsOut, ConnectionEventKind Kind, int Length)
{
    /// <summary>Source of RTP; sender of RTCP.</summary>
    public uint Ssrc { get; init; }

    /// <summary>Of RTP.</summary>
    public byte PayloadType { get; init; }

    /// <summary>Of RTP.</summary>
    public ushort Sequence { get; init; }

    /// <summary>Of RTP.</summary>
    public uint Timestamp { get; init; }

    /// <summary>Marker bit of RTP: as a rule the last packet of a picture.</summary>
    public bool IsMarked { get; init; }

    /// <summary>Types of the packets of a compound RTCP packet; the new state.</summary>
    public string? Note { get; init; }
}
