using System.Buffers.Binary;

namespace Classroom.Rtc.Ice;

/// <summary>What stands at the head of a stream of frames.</summary>
public enum FrameStatus
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>A whole frame.</summary>
    Complete,

    /// <summary>Longer than any datagram of a peer of ours: the stream is not what it should be, or out of step.</summary>
    Invalid,
}

/// <summary>Datagrams on a TCP connection: each behind its length in 16 bits, network order (RFC 4571, 2), as ICE-TCP wants it (RFC 6544, 10.1).</summary>
public static class StreamFraming
{
    /// <summary>Bytes of the length.</summary>
    public const int HeaderLength = 2;

    /// <summary>Looks at the first frame of what was received.</summary>
    /// <param name="received">Bytes from the beginning of a frame on.</param>
    /// <param name="frame">Its content, a view; may be empty.</param>
    public static FrameStatus TryRead(Span<byte> received, out Span<byte> frame)
    {
        frame = default;
        if (received.Length < HeaderLength)
        {
            return FrameStatus.Incomplete;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(received);
        if (length > Datagram.MaxLength)
        {
            return FrameStatus.Invalid;
        }

        if (received.Length < HeaderLength + length)
        {
            return FrameStatus.Incomplete;
        }

        frame = received.Slice(HeaderLength, length);
        return FrameStatus.Complete;
    }

    /// <summary>Writes a datagram as a frame.</summary>
    /// <param name="datagram">At most 65,535 bytes.</param>
    /// <param name="destination">At least <see cref="HeaderLength"/> bytes longer.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> datagram, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)datagram.Length);
        datagram.CopyTo(destination[HeaderLength..]);
        return HeaderLength + datagram.Length;
    }
}
