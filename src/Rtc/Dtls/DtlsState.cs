namespace Classroom.Rtc.Dtls;

/// <summary>Who sends the ClientHello. A server of ours is passive (<c>a=setup:passive</c>).</summary>
public enum DtlsRole
{
    Server,
    Client,
}

/// <summary>Where a DTLS session is.</summary>
public enum DtlsState
{
    /// <summary>From the start; a server waits in it for the first datagram.</summary>
    Handshaking,

    /// <summary>Keys can be exported; the remote fingerprint is known and still to be compared.</summary>
    Connected,

    /// <summary>The handshake timed out or broke; final.</summary>
    Failed,

    /// <summary>One side sent close_notify; final.</summary>
    Closed,
}
