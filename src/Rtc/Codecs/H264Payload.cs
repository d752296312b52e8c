using System.Buffers.Binary;

namespace Classroom.Rtc.Codecs;

/// <summary>
/// H.264 payloads in packetization mode 1: single units, STAP-A and FU-A (RFC 6184 §5). There is no temporal id without
/// SVC's prefix units: what tells layers apart is nal_ref_idc, 0 for pictures that nothing refers to.
/// </summary>
public static class H264Payload
{
    private const int Idr = 5;
    private const int SequenceParameterSet = 7;
    private const int AggregationPacket = 24;
    private const int FragmentationUnit = 28;
    private const int MaxUnits = 64;

    internal static PictureInfo Read(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2)
        {
            return default;
        }

        var picture = new PictureInfo { Flags = PictureFlags.Known | PictureFlags.Predicted };
        // nal_ref_idc is the highest of an aggregate's units and repeated in each fragment (RFC 6184 §5.3).
        picture.Temporal = (payload[0] & 0x60) == 0 ? (byte)1 : (byte)0;
        switch (payload[0] & 0x1F)
        {
            case AggregationPacket:
                picture.Flags |= PictureFlags.Start;
                ReadAggregate(payload[1..], ref picture);
                break;
            case FragmentationUnit:
                ReadFragment(payload, ref picture);
                break;
            default:
                picture.Flags |= PictureFlags.Start;
                ReadUnit(payload, ref picture);
                break;
        }

        return picture;
    }

    private static void ReadFragment(ReadOnlySpan<byte> payload, ref PictureInfo picture)
    {
        if ((payload[1] & 0x80) == 0)
        {
            return;
        }

        picture.Flags |= PictureFlags.Start;
        if ((payload[1] & 0x1F) == Idr)
        {
            Begin(ref picture);
        }
    }

    private static void ReadAggregate(ReadOnlySpan<byte> units, ref PictureInfo picture)
    {
        for (var i = 0; i < MaxUnits && units.Length > 2; i++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(units);
            if (length == 0 || length + 2 > units.Length)
            {
                return;
            }

            ReadUnit(units.Slice(2, length), ref picture);
            units = units[(length + 2)..];
        }
    }

    private static void ReadUnit(ReadOnlySpan<byte> unit, ref PictureInfo picture)
    {
        var type = unit[0] & 0x1F;
        if (type == Idr)
        {
            Begin(ref picture);
        }
        else if (type == SequenceParameterSet)
        {
            Begin(ref picture);
            picture.Flags |= PictureFlags.ParameterSets;
            if (SequenceParameters.TryReadSize(unit, out var width, out var height))
            {
                (picture.Width, picture.Height) = ((ushort)width, (ushort)height);
            }
        }
    }

    private static void Begin(ref PictureInfo picture) => picture.Flags = (picture.Flags | PictureFlags.Key) & ~PictureFlags.Predicted;
}
