using System.Buffers.Binary;

namespace Classroom.Rtc.Rtp;

/// <summary>Retransmissions under a source of their own (RFC 4588): the payload begins with the original sequence number.</summary>
public static class RtxPacket
{
    private const int NumberLength = 2;

    /// <summary>Makes the original packet of a retransmission, in the same memory.</summary>
    /// <param name="data">The whole packet; not to be used any more afterwards.</param>
    /// <param name="payloadType">Of the original.</param>
    /// <param name="ssrc">Of the original.</param>
    /// <param name="original">The original, header extensions as the retransmission has them.</param>
    /// <returns>False for what is no packet, or is nothing but padding that probes the line.</returns>
    public static bool TryUnwrap(Span<byte> data, byte payloadType, uint ssrc, out Span<byte> original)
    {
        original = default;
        if (!RtpPacket.TryParse(data, out var packet) || packet.Payload.Length < NumberLength)
        {
            return false;
        }

        var headerLength = packet.HeaderLength;
        var number = BinaryPrimitives.ReadUInt16BigEndian(packet.Payload);
        original = data[NumberLength..];
        data[..headerLength].CopyTo(original);
        RtpWriter.SetPayloadType(original, payloadType);
        RtpWriter.SetSequenceNumber(original, number);
        RtpWriter.SetSsrc(original, ssrc);
        return true;
    }
}
