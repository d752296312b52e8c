using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Headers of packets to subscribers: the fixed part, and behind it the transport-wide number where that is agreed on.</summary>
internal static class PacketHeader
{
    /// <summary>Room that every header fits in.</summary>
    public const int MaxLength = RtpPacket.FixedHeaderLength + ExtensionLength;

    /// <summary>Highest id that the one-byte form of extensions can name (RFC 8285, 4.2).</summary>
    public const byte HighestId = 14;

    private const int ExtensionLength = 8;

    /// <summary>Adds a transport-wide sequence number to a fixed header.</summary>
    /// <param name="header">At least <see cref="MaxLength"/> bytes, a fixed header first.</param>
    /// <param name="id">Of the extension, at most <see cref="HighestId"/>; 0: nothing is added.</param>
    /// <param name="number">Transport-wide sequence number.</param>
    /// <returns>Length of the header.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AddNumber(Span<byte> header, byte id, ushort number)
    {
        if (id == 0)
        {
            return RtpPacket.FixedHeaderLength;
        }

        Span<byte> value = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(value, number);
        var extensions = new RtpExtensionWriter(header);
        extensions.TryAdd(id, value);
        return extensions.Finish();
    }
}
