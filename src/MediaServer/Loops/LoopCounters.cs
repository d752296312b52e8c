using Classroom.MediaServer.Network;

namespace Classroom.MediaServer.Loops;

/// <summary>Why something was refused or lost. Each has its own counter.</summary>
public enum Refusal
{
    /// <summary>No STUN, DTLS, RTP or RTCP, or longer than 1,500 bytes.</summary>
    UnknownDatagram,

    /// <summary>STUN that names no connection of ours or fails authentication.</summary>
    UnknownStun,

    /// <summary>DTLS or media from an address that ICE has not validated.</summary>
    UnvalidatedAddress,

    /// <summary>Media before the keys or the fingerprint are there.</summary>
    NotReady,

    /// <summary>SRTP or SRTCP that fails authentication or was seen before.</summary>
    Unauthentic,

    /// <summary>RTP of a source or payload type that no publication has.</summary>
    UnknownSource,

    /// <summary>A packet that came twice or too late.</summary>
    Duplicate,

    /// <summary>The queue between two loops was full.</summary>
    HandoverFull,

    /// <summary>The queue to the handshake worker was full.</summary>
    HandshakeQueueFull,

    /// <summary>A certificate that is not the one the description named.</summary>
    WrongFingerprint,

    /// <summary>A packet that was asked for again but is gone.</summary>
    RepeatTooLate,

    /// <summary>Encryption was refused.</summary>
    ProtectFailed,

    /// <summary>A sink or an observer threw.</summary>
    SinkFailed,
}

/// <summary>Counts of one loop. Written by its thread only; readers may see values a moment old.</summary>
internal sealed class LoopCounters
{
    private readonly long[] _refused = new long[Enum.GetValues<Refusal>().Length];

    public PortCounters Port { get; } = new();

    public long DatagramsIn { get; set; }

    public long BytesIn { get; set; }

    public long PacketsOut { get; set; }

    public long BytesOut { get; set; }

    public long MessagesOut { get; set; }

    public long Repeated { get; set; }

    public void Refuse(Refusal reason) => _refused[(int)reason]++;

    public long Refused(Refusal reason) => Volatile.Read(ref _refused[(int)reason]);
}
