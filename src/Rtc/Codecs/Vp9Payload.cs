using System.Buffers.Binary;

namespace Classroom.Rtc.Codecs;

/// <summary>The VP9 payload descriptor in both modes, with its scalability structure (RFC 9628 §4.2).</summary>
public static class Vp9Payload
{
    private const byte HasPictureId = 0x80;
    private const byte InterPicture = 0x40;
    private const byte HasLayers = 0x20;
    private const byte Flexible = 0x10;
    private const byte BeginsFrame = 0x08;
    private const byte EndsFrame = 0x04;
    private const byte HasStructure = 0x02;
    private const int MaxReferences = 3;

    internal static PictureInfo Read(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return default;
        }

        var fields = payload[0];
        var picture = default(PictureInfo);
        var position = 1;
        if (((fields & HasPictureId) != 0 && !Vp8Payload.TryReadPictureId(payload, ref picture, ref position))
            || ((fields & HasLayers) != 0 && !TryReadLayers(payload, fields, ref picture, ref position))
            || ((fields & (Flexible | InterPicture)) == (Flexible | InterPicture) && !TrySkipReferences(payload, ref position))
            || ((fields & HasStructure) != 0 && !TryReadStructure(payload, ref picture, ref position)))
        {
            return default;
        }

        picture.Flags |= PictureFlags.Known
            | ((fields & BeginsFrame) != 0 ? PictureFlags.Start : PictureFlags.None)
            | ((fields & EndsFrame) != 0 ? PictureFlags.End : PictureFlags.None)
            | ((fields & InterPicture) != 0 ? PictureFlags.Predicted : PictureFlags.None);
        if ((fields & (InterPicture | BeginsFrame)) == BeginsFrame && picture.Spatial == 0)
        {
            picture.Flags |= PictureFlags.Key;
        }

        return picture;
    }

    private static bool TryReadLayers(ReadOnlySpan<byte> payload, byte fields, ref PictureInfo picture, ref int position)
    {
        // Non-flexible mode adds TL0PICIDX.
        var length = (fields & Flexible) != 0 ? 1 : 2;
        if (payload.Length < position + length)
        {
            return false;
        }

        var layers = payload[position];
        picture.Temporal = (byte)(layers >> 5);
        picture.Spatial = (byte)((layers >> 1) & 7);
        picture.Flags |= (layers & 0x10) != 0 ? PictureFlags.SwitchUp : PictureFlags.None;
        if (length == 2)
        {
            picture.BaseIndexAt = (byte)(position + 1);
            picture.BaseIndex = payload[position + 1];
        }

        position += length;
        return true;
    }

    private static bool TrySkipReferences(ReadOnlySpan<byte> payload, ref int position)
    {
        for (var i = 0; i < MaxReferences; i++)
        {
            if (position >= payload.Length)
            {
                return false;
            }

            if ((payload[position++] & 1) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryReadStructure(ReadOnlySpan<byte> payload, ref PictureInfo picture, ref int position)
    {
        if (position >= payload.Length)
        {
            return false;
        }

        var head = payload[position++];
        var layers = (head >> 5) + 1;
        picture.SpatialLayers = (byte)layers;
        if ((head & 0x10) != 0)
        {
            position += layers * 4;
            if (position > payload.Length)
            {
                return false;
            }

            picture.Width = BinaryPrimitives.ReadUInt16BigEndian(payload[(position - 4)..]);
            picture.Height = BinaryPrimitives.ReadUInt16BigEndian(payload[(position - 2)..]);
        }

        return (head & 0x08) == 0 || TrySkipPictureGroup(payload, ref position);
    }

    private static bool TrySkipPictureGroup(ReadOnlySpan<byte> payload, ref int position)
    {
        if (position >= payload.Length)
        {
            return false;
        }

        for (var pictures = payload[position++]; pictures > 0; pictures--)
        {
            if (position >= payload.Length)
            {
                return false;
            }

            position += 1 + ((payload[position] >> 2) & 3);
        }

        return position <= payload.Length;
    }
}
