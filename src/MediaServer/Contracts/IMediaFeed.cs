namespace Classroom.MediaServer;

/// <summary>
/// Media that come to the server without a connection: a program on this machine brings them, packet by packet. One thread
/// writes. Disposing ends the publications; so does the end of the participant or of the room.
/// </summary>
public interface IMediaFeed : IDisposable
{
    /// <summary>The room, the participant or the feed has ended: nothing more is taken.</summary>
    bool IsClosed { get; }

    /// <summary>False when there is no place just now: the same packet may be offered again in a moment. False also when it is closed, or the packet too long.</summary>
    /// <param name="packet">Copied. RTP (RFC 3550) or a sender report in the clear, as <see cref="FeedFormat"/> says.</param>
    bool TryWrite(ReadOnlySpan<byte> packet);
}

/// <summary>How the packets of a feed are marked. Both streams are one sender's: their sender reports tell one clock.</summary>
/// <param name="PayloadType">Of its packets.</param>
/// <param name="Ssrc">Of its packets and sender reports.</param>
public sealed record FeedFormat(byte PayloadType, uint Ssrc)
{
    /// <summary>H.264 without B-frames, parameter sets in band, packetization mode 1 (RFC 6184).</summary>
    public static readonly FeedFormat Picture = new(102, 1);

    /// <summary>Opus, 48,000 Hz (RFC 7587).</summary>
    public static readonly FeedFormat Sound = new(111, 2);

    /// <summary>Bytes of a packet at most.</summary>
    public const int LongestPacket = 1200;
}
