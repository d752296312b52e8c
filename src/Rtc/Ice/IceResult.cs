namespace Classroom.Rtc.Ice;

/// <summary>What became of a STUN datagram.</summary>
public enum IceResult
{
    /// <summary>Not for this agent: no STUN, an indication, or a response. Nothing to send.</summary>
    Ignored,

    /// <summary>Not authentic, or of one address too many. Nothing to send: strangers get no answer.</summary>
    Refused,

    /// <summary>An error response is to be sent (role conflict, unknown attribute).</summary>
    Rejected,

    /// <summary>A check from an address that was valid already; the response is to be sent.</summary>
    Answered,

    /// <summary>The first check from an address, which may send media from now on; the response is to be sent.</summary>
    Validated,

    /// <summary>The peer chose this address, new or other than before: send to it; the response is to be sent.</summary>
    Selected,
}
