using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Headers of packets to subscribers: the fixed part, and behind it the transport-wide number where that is agreed on.</summary>
internal static class PacketHeader
{
    /// <summary>Room that every header fits in.</summary>
    public const int MaxLength = RtpPacket.FixedHeaderLength + ExtensionLength;

    private const int ExtensionLength = 8;

    /// <summary>Adds the one-byte form (RFC 8285, 4.2) of a transport-wide sequence number to a fixed header.</summary>
    /// <param name="header">At least <see cref="MaxLength"/> bytes, a fixed header first.</param>
    /// <param name="id">Of the extension; 0: nothing is added.</param>
    /// <param name="number">Transport-wide sequence number.</param>
    /// <returns>Length of the header.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AddNumber(Span<byte> header, byte id, ushort number)
    {
        if (id == 0)
        {
            return RtpPacket.FixedHeaderLength;
        }

        RtpWriter.SetExtensionBit(header, present: true);
        BinaryPrimitives.WriteUInt32BigEndian(header[RtpPacket.FixedHeaderLength..], 0xBEDE_0001);
        // Two bytes of value are written as a length of one; a zero byte fills the word up.
        BinaryPrimitives.WriteUInt32BigEndian(header[(RtpPacket.FixedHeaderLength + 4)..], ((uint)((id << 4) | 1) << 24) | ((uint)number << 8));
        return MaxLength;
    }
}
