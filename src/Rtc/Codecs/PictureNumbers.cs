using System.Buffers.Binary;

namespace Classroom.Rtc.Codecs;

/// <summary>The numbers of a picture that go on without a gap when its source changes or pictures are left out.</summary>
/// <param name="PictureId">A field gets the low 15 or 7 bits. For AV1 the frame number of the dependency descriptor, 16 bits.</param>
/// <param name="BaseIndex">TL0PICIDX.</param>
/// <param name="KeyIndex">5 bits.</param>
public readonly record struct PictureNumbers(ushort PictureId, byte BaseIndex, byte KeyIndex)
{
    public static PictureNumbers Of(ref readonly PictureInfo picture) => new(picture.PictureId, picture.BaseIndex, picture.KeyIndex);

    /// <summary>Writes the numbers over those in a payload; fields that it does not have stay absent.</summary>
    /// <param name="payload">The payload that <paramref name="picture"/> was read from.</param>
    /// <param name="picture">Where the fields stand.</param>
    public void WriteTo(Span<byte> payload, ref readonly PictureInfo picture)
    {
        if (picture.PictureIdAt != 0)
        {
            if (picture.IsLongPictureId)
            {
                BinaryPrimitives.WriteUInt16BigEndian(payload[picture.PictureIdAt..], (ushort)(0x8000 | PictureId));
            }
            else
            {
                payload[picture.PictureIdAt] = (byte)(PictureId & 0x7F);
            }
        }

        if (picture.BaseIndexAt != 0)
        {
            payload[picture.BaseIndexAt] = BaseIndex;
        }

        if (picture.KeyIndexAt != 0)
        {
            payload[picture.KeyIndexAt] = (byte)((payload[picture.KeyIndexAt] & 0xE0) | (KeyIndex & 0x1F));
        }
    }
}
