namespace Classroom.MediaServer;

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

    /// <summary>Sound with redundancy that breaks RFC 2198: blocks past the end, too many, or none of the publication's own sound.</summary>
    BadRedundancy,

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

    /// <summary>A TCP connection past the limits, in all or of one address.</summary>
    TooManyStreams,

    /// <summary>A TCP connection that did not begin with a check for a connection of ours in time, or broke its framing.</summary>
    BadStream,

    /// <summary>A packet dropped because the peer does not read its TCP connection fast enough, or such a connection ended.</summary>
    SlowReader,

    /// <summary>STUN beyond what a connection, or a loop, takes in a second.</summary>
    TooManyChecks,

    /// <summary>DTLS beyond what a connection takes in a second.</summary>
    TooManyHandshakes,

    /// <summary>RTCP beyond what a connection takes in a second, or more packets in one datagram than anybody sends.</summary>
    TooManyReports,

    /// <summary>RTP of one source too many on a connection.</summary>
    TooManySources,

    /// <summary>A participant, publication or connection past the limit of its room or of the server.</summary>
    LimitReached,

    /// <summary>A packet that a branch of a large room did not get, because its loop did not keep up.</summary>
    RelayFull,
}
