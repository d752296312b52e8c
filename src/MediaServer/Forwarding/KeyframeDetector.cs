using System.Buffers.Binary;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Tells whether decoding can begin with a packet.</summary>
internal static class KeyframeDetector
{
    private const int Idr = 5;
    private const int ParameterSet = 7;
    private const int AggregationPacket = 24;
    private const int FragmentationUnit = 28;

    /// <param name="codec">"VP8" or "H264"; anything else needs no key frame.</param>
    /// <param name="payload">RTP payload without padding.</param>
    public static bool StartsKeyframe(string codec, ReadOnlySpan<byte> payload) => codec switch
    {
        "VP8" => IsVp8(payload),
        "H264" => IsH264(payload),
        _ => true,
    };

    // RFC 7741 §4.2 and §4.3: start of partition 0 whose inverse key frame bit is 0.
    private static bool IsVp8(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || (payload[0] & 0x17) != 0x10)
        {
            return false;
        }

        var offset = 1;
        if ((payload[0] & 0x80) != 0)
        {
            if (payload.Length < 2)
            {
                return false;
            }

            var flags = payload[1];
            offset = 2;
            if ((flags & 0x80) != 0)
            {
                offset += payload.Length > 2 && (payload[2] & 0x80) != 0 ? 2 : 1;
            }

            offset += (flags & 0x40) != 0 ? 1 : 0;
            offset += (flags & 0x30) != 0 ? 1 : 0;
        }

        return payload.Length > offset && (payload[offset] & 1) == 0;
    }

    // RFC 6184 §5.2: the parameter sets come first and the picture follows in the same frame.
    private static bool IsH264(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2)
        {
            return false;
        }

        return (payload[0] & 0x1F) switch
        {
            Idr or ParameterSet => true,
            AggregationPacket => AggregateHasKeyframe(payload[1..]),
            FragmentationUnit => (payload[1] & 0x80) != 0 && (payload[1] & 0x1F) == Idr,
            _ => false,
        };
    }

    private static bool AggregateHasKeyframe(ReadOnlySpan<byte> units)
    {
        while (units.Length > 2)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(units);
            if ((units[2] & 0x1F) is Idr or ParameterSet)
            {
                return true;
            }

            if (length + 2 >= units.Length)
            {
                return false;
            }

            units = units[(length + 2)..];
        }

        return false;
    }
}
