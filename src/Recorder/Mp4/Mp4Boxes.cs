using System.Buffers.Binary;
using System.Text;

namespace Classroom.Recorder.Mp4;

/// <summary>Finds boxes of an MP4 (ISO/IEC 14496-12 §4.2) by their names.</summary>
internal static class Mp4Boxes
{
    public const int HeaderLength = 8;

    private static readonly string[] Containers = ["moov", "trak", "mdia", "moof", "traf"];

    /// <summary>Name and whole length; boxes of 64-bit length are not written here.</summary>
    public static (string Type, uint Size) Header(ReadOnlySpan<byte> box) =>
        (Encoding.ASCII.GetString(box[4..8]), BinaryPrimitives.ReadUInt32BigEndian(box));

    /// <summary>Where the content of the first box of this name lies, at any depth; nothing (length 0) when there is none.</summary>
    public static (int Start, int Length) Find(ReadOnlySpan<byte> boxes, string name)
    {
        for (var at = 0; at + HeaderLength <= boxes.Length;)
        {
            var (type, size) = Header(boxes[at..]);
            if (size < HeaderLength || size > boxes.Length - at)
            {
                break;
            }

            var (start, length) = (at + HeaderLength, (int)size - HeaderLength);
            if (type == name)
            {
                return (start, length);
            }

            if (Containers.Contains(type) && Find(boxes.Slice(start, length), name) is { Length: > 0 } inner)
            {
                return (start + inner.Start, inner.Length);
            }

            at += (int)size;
        }

        return default;
    }
}
