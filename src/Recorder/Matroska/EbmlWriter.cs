using System.Buffers.Binary;
using System.Text;

namespace Classroom.Recorder.Matroska;

/// <summary>Builds EBML elements in memory (RFC 8794).</summary>
internal sealed class EbmlWriter
{
    private byte[] _buffer = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Id(uint id)
    {
        var size = id > 0xFFFFFF ? 4 : id > 0xFFFF ? 3 : id > 0xFF ? 2 : 1;
        var bytes = Take(size);
        for (var i = 0; i < size; i++)
        {
            bytes[i] = (byte)(id >> (8 * (size - 1 - i)));
        }
    }

    /// <summary>A size in eight bytes: always long enough, and can be patched.</summary>
    public void LongSize(long size) => BinaryPrimitives.WriteInt64BigEndian(Take(8), (1L << 56) | size);

    public void UnknownSize() => BinaryPrimitives.WriteInt64BigEndian(Take(8), 0x01FF_FFFF_FFFF_FFFF);

    public void UInt(uint id, ulong value)
    {
        Id(id);
        Take(1)[0] = 0x88;
        BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);
    }

    public void Float(uint id, double value)
    {
        Id(id);
        Take(1)[0] = 0x88;
        BinaryPrimitives.WriteDoubleBigEndian(Take(8), value);
    }

    public void Text(uint id, string value) => Binary(id, Encoding.UTF8.GetBytes(value));

    public void Binary(uint id, ReadOnlySpan<byte> value)
    {
        Id(id);
        LongSize(value.Length);
        Raw(value);
    }

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>An element that readers skip, <paramref name="total"/> bytes with its header; it keeps room for what is known later.</summary>
    public void Void(int total)
    {
        Id(MatroskaId.Void);
        Take(1)[0] = (byte)(0x80 | (total - 2));
        Take(total - 2).Clear();
    }

    /// <summary>Opens a master element; give the result to <see cref="End"/>.</summary>
    public int Begin(uint id)
    {
        Id(id);
        LongSize(0);
        return Length;
    }

    public void End(int begin) =>
        BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(begin - 8), (1L << 56) | (long)(Length - begin));

    private Span<byte> Take(int count)
    {
        if (Length + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        }

        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
