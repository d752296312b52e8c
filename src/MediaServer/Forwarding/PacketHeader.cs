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

    /// <summary>The same for a header with a dependency descriptor: two-byte form, filled up to whole words.</summary>
    public const int MaxDescribedLength = RtpPacket.FixedHeaderLength + 4 + 4 + 2 + DescriptorStore.MaxWrittenLength + 3;

    private const int ExtensionLength = 8;
    private const int MostInOneByteForm = 16;

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

    /// <summary>Adds a dependency descriptor, and a transport-wide number where there is one.</summary>
    /// <param name="header">At least <see cref="MaxDescribedLength"/> bytes, a fixed header first.</param>
    /// <param name="descriptorId">Of the descriptor's extension, at most <see cref="HighestId"/>.</param>
    /// <param name="descriptor">May be empty.</param>
    /// <param name="numberId">Of the number's extension; 0: none is added.</param>
    /// <param name="number">Transport-wide sequence number.</param>
    /// <returns>Length of the header.</returns>
    public static int AddDescriptor(Span<byte> header, byte descriptorId, ReadOnlySpan<byte> descriptor, byte numberId, ushort number)
    {
        var extensions = new RtpExtensionWriter(header, twoByte: descriptor.Length > MostInOneByteForm);
        if (!descriptor.IsEmpty)
        {
            extensions.TryAdd(descriptorId, descriptor);
        }

        if (numberId != 0)
        {
            Span<byte> value = stackalloc byte[sizeof(ushort)];
            BinaryPrimitives.WriteUInt16BigEndian(value, number);
            extensions.TryAdd(numberId, value);
        }

        return extensions.Finish();
    }
}
