using System.Buffers.Binary;

namespace Classroom.Rtc.Rtp;

/// <summary>Writes RTP headers and changes fields of a packet in place (RFC 3550, 5.1). Offsets only, no checks.</summary>
public static class RtpWriter
{
    /// <summary>Writes a fixed header without contributing sources, extensions or padding and returns its length, 12.</summary>
    public static int WriteHeader(
        Span<byte> destination, byte payloadType, bool marker, ushort sequenceNumber, uint timestamp, uint ssrc)
    {
        destination[0] = 0x80;
        destination[1] = (byte)((marker ? 0x80 : 0) | (payloadType & 0x7F));
        SetSequenceNumber(destination, sequenceNumber);
        SetTimestamp(destination, timestamp);
        SetSsrc(destination, ssrc);
        return RtpPacket.FixedHeaderLength;
    }

    public static void SetMarker(Span<byte> packet, bool marker) =>
        packet[1] = (byte)((packet[1] & 0x7F) | (marker ? 0x80 : 0));

    public static void SetPayloadType(Span<byte> packet, byte payloadType) =>
        packet[1] = (byte)((packet[1] & 0x80) | (payloadType & 0x7F));

    public static void SetSequenceNumber(Span<byte> packet, ushort sequenceNumber) =>
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], sequenceNumber);

    public static void SetTimestamp(Span<byte> packet, uint timestamp) =>
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], timestamp);

    public static void SetSsrc(Span<byte> packet, uint ssrc) =>
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], ssrc);

    /// <summary>Sets or clears the bit that says an extension block follows the contributing sources.</summary>
    public static void SetExtensionBit(Span<byte> packet, bool present) =>
        packet[0] = (byte)((packet[0] & ~0x10) | (present ? 0x10 : 0));

    /// <summary>Sets or clears the bit that says the packet ends with padding.</summary>
    public static void SetPaddingBit(Span<byte> packet, bool present) =>
        packet[0] = (byte)((packet[0] & ~0x20) | (present ? 0x20 : 0));
}
