using System.Buffers.Binary;

namespace Classroom.Rtc.Codecs;

/// <summary>The VP8 payload descriptor and the head of a key frame (RFC 7741 §4.2 and §4.3).</summary>
public static class Vp8Payload
{
    private const byte Extended = 0x80;
    private const byte HasPictureId = 0x80;
    private const byte HasBaseIndex = 0x40;
    private const byte HasTemporalId = 0x20;
    private const byte HasKeyIndex = 0x10;

    /// <summary>Length of the descriptor in bytes; 0 when the payload is cut short within it.</summary>
    public static int DescriptorLength(ReadOnlySpan<byte> payload)
    {
        var picture = default(PictureInfo);
        return TryReadDescriptor(payload, ref picture, out var length) ? length : 0;
    }

    internal static PictureInfo Read(ReadOnlySpan<byte> payload)
    {
        var picture = default(PictureInfo);
        if (!TryReadDescriptor(payload, ref picture, out var length))
        {
            return default;
        }

        picture.Flags |= PictureFlags.Known | PictureFlags.Predicted;
        // S with PID 0: the frame's first packet, which begins with the frame tag (RFC 6386 §9.1).
        if ((payload[0] & 0x17) == 0x10 && length < payload.Length)
        {
            picture.Flags |= PictureFlags.Start;
            ReadFrame(payload[length..], ref picture);
        }

        return picture;
    }

    private static bool TryReadDescriptor(ReadOnlySpan<byte> payload, ref PictureInfo picture, out int length)
    {
        length = 1;
        if (payload.IsEmpty || (payload[0] & Extended) == 0)
        {
            return !payload.IsEmpty;
        }

        if (payload.Length < 2)
        {
            return false;
        }

        var fields = payload[1];
        length = 2;
        if ((fields & HasPictureId) != 0 && !TryReadPictureId(payload, ref picture, ref length))
        {
            return false;
        }

        if ((fields & HasBaseIndex) != 0)
        {
            picture.BaseIndexAt = (byte)length++;
        }

        if ((fields & (HasTemporalId | HasKeyIndex)) != 0)
        {
            picture.KeyIndexAt = (byte)length++;
        }

        if (length > payload.Length)
        {
            return false;
        }

        ReadIndexes(payload, fields, ref picture);
        return true;
    }

    internal static bool TryReadPictureId(ReadOnlySpan<byte> payload, ref PictureInfo picture, ref int length)
    {
        if (payload.Length <= length)
        {
            return false;
        }

        picture.PictureIdAt = (byte)length;
        picture.IsLongPictureId = (payload[length] & 0x80) != 0;
        if (!picture.IsLongPictureId)
        {
            picture.PictureId = payload[length++];
            return true;
        }

        if (payload.Length < length + 2)
        {
            return false;
        }

        picture.PictureId = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(payload[length..]) & 0x7FFF);
        length += 2;
        return true;
    }

    private static void ReadIndexes(ReadOnlySpan<byte> payload, byte fields, ref PictureInfo picture)
    {
        if (picture.BaseIndexAt != 0)
        {
            picture.BaseIndex = payload[picture.BaseIndexAt];
        }

        if (picture.KeyIndexAt == 0)
        {
            return;
        }

        var value = payload[picture.KeyIndexAt];
        if ((fields & HasTemporalId) != 0)
        {
            picture.Temporal = (byte)(value >> 6);
            picture.Flags |= (value & 0x20) != 0 ? PictureFlags.SwitchUp : PictureFlags.None;
        }

        picture.KeyIndex = (byte)(value & 0x1F);
        if ((fields & HasKeyIndex) == 0)
        {
            picture.KeyIndexAt = 0;
        }
    }

    private static void ReadFrame(ReadOnlySpan<byte> frame, ref PictureInfo picture)
    {
        if ((frame[0] & 1) != 0)
        {
            return;
        }

        picture.Flags = (picture.Flags | PictureFlags.Key) & ~PictureFlags.Predicted;
        if (frame.Length >= 10 && frame[3] == 0x9D && frame[4] == 0x01 && frame[5] == 0x2A)
        {
            picture.Width = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF);
            picture.Height = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF);
        }
    }
}
