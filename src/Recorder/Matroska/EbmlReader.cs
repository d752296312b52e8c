using System.Buffers.Binary;
using System.Numerics;

namespace Classroom.Recorder.Matroska;

/// <summary>An element's header at a place of a file.</summary>
/// <param name="Size">Length of the content; −1 when unknown.</param>
internal readonly record struct EbmlElement(uint Id, long Start, long ContentStart, long Size)
{
    public long End => Size < 0 ? long.MaxValue : ContentStart + Size;
}

/// <summary>Reads element headers of a file that may end anywhere (RFC 8794 §4, §5).</summary>
internal sealed class EbmlReader(Stream stream)
{
    private readonly byte[] _head = new byte[12];

    public long Length { get; } = stream.Length;

    /// <summary>False when no whole header lies there.</summary>
    public bool TryRead(long position, out EbmlElement element)
    {
        element = default;
        stream.Position = position;
        var available = stream.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        var head = _head.AsSpan(0, available);
        if (!TryVint(head, 4, keepMarker: true, out var id, out var idLength)
            || !TryVint(head[idLength..], 8, keepMarker: false, out var size, out var sizeLength))
        {
            return false;
        }

        element = new EbmlElement((uint)id, position, position + idLength + sizeLength, size);
        return true;
    }

    public ulong ReadUInt(EbmlElement element)
    {
        Span<byte> value = stackalloc byte[8];
        value.Clear();
        stream.Position = element.ContentStart;
        var size = (int)Math.Clamp(element.Size, 0, 8);
        return stream.ReadAtLeast(value[(8 - size)..], size, throwOnEndOfStream: false) == size ? BinaryPrimitives.ReadUInt64BigEndian(value) : 0;
    }

    public int ReadBytes(long position, Span<byte> destination)
    {
        stream.Position = position;
        return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
    }

    private static bool TryVint(ReadOnlySpan<byte> bytes, int maxLength, bool keepMarker, out long value, out int length)
    {
        value = 0;
        length = bytes.IsEmpty ? 0 : BitOperations.LeadingZeroCount((uint)bytes[0]) - 24 + 1;
        if (length == 0 || length > maxLength || length > bytes.Length)
        {
            return false;
        }

        var allOnes = (bytes[0] | (0xFF << (8 - length)) & 0xFF) == 0xFF;
        value = keepMarker ? bytes[0] : bytes[0] & (0xFF >> length);
        for (var i = 1; i < length; i++)
        {
            allOnes &= bytes[i] == 0xFF;
            value = (value << 8) | bytes[i];
        }

        if (!keepMarker && allOnes)
        {
            value = -1;
        }

        return true;
    }
}
