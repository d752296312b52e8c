using System.Buffers.Binary;

namespace Classroom.Recorder.Codecs;

/// <summary>Takes captured H.264 pictures apart: units with 4-byte lengths, parameter sets in front of key frames.</summary>
internal static class AvcUnits
{
    private const int LengthSize = 4;
    private const int TypeMask = 0x1F;
    private const int Sps = 7;
    private const int Pps = 8;
    private const int Delimiter = 9;

    /// <summary>The picture without its parameter sets, which MP4 keeps in the header; those are noted.</summary>
    public static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> picture, AvcParameterSets parameters)
    {
        var kept = 0;
        while (picture.Length - kept > LengthSize)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(picture.Span[kept..]);
            if (size == 0 || size > picture.Length - kept - LengthSize)
            {
                break;
            }

            var unit = picture.Span.Slice(kept + LengthSize, (int)size);
            var type = unit[0] & TypeMask;
            if (type is not (Sps or Pps or Delimiter))
            {
                break; // Parameter sets come first.
            }

            if (type != Delimiter)
            {
                parameters.Add(unit, isSequence: type == Sps);
            }

            kept += LengthSize + (int)size;
        }

        return picture[kept..];
    }
}
