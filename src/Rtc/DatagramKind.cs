namespace Classroom.Rtc;

/// <summary>What a datagram on the shared port holds, told by its first bytes (RFC 7983, RFC 5761).</summary>
public enum DatagramKind
{
    /// <summary>None of the others; to be dropped.</summary>
    Unknown,

    /// <summary>First byte 0 to 3.</summary>
    Stun,

    /// <summary>First byte 20 to 63.</summary>
    Dtls,

    /// <summary>First byte 128 to 191 and not RTCP.</summary>
    Rtp,

    /// <summary>First byte 128 to 191, second byte 192 to 223.</summary>
    Rtcp,
}

/// <summary>Tells the kind of a datagram.</summary>
public static class Datagram
{
    /// <summary>Longer datagrams are dropped unread: no peer of ours sends them.</summary>
    public const int MaxLength = 1500;

    public static DatagramKind Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 2 || datagram.Length > MaxLength)
        {
            return DatagramKind.Unknown;
        }

        return datagram[0] switch
        {
            <= 3 => DatagramKind.Stun,
            >= 20 and <= 63 => DatagramKind.Dtls,
            // Payload types 64 to 95 are kept free so that a marked RTP packet cannot look like RTCP (RFC 5761, 4).
            >= 128 and <= 191 => datagram[1] is >= 192 and <= 223 ? DatagramKind.Rtcp : DatagramKind.Rtp,
            _ => DatagramKind.Unknown,
        };
    }
}
