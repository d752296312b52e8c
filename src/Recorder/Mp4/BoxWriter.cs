using System.Buffers.Binary;
using System.Text;

namespace Classroom.Recorder.Mp4;

/// <summary>Builds boxes of an MP4 in memory (ISO/IEC 14496-12 §4.2). Numbers are big-endian.</summary>
internal sealed class BoxWriter
{
    private byte[] _buffer = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Opens a box; give the result to <see cref="End"/>.</summary>
    public int Begin(string type)
    {
        var start = Length;
        U32(0);
        Raw(Encoding.ASCII.GetBytes(type));
        return start;
    }

    /// <summary>Opens a box with version and flags.</summary>
    public int BeginFull(string type, byte version = 0, uint flags = 0)
    {
        var start = Begin(type);
        U32(((uint)version << 24) | flags);
        return start;
    }

    public void End(int begin) => Patch(begin, (uint)(Length - begin));

    public void Patch(int place, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(place), value);

    public void U8(int value) => Take(1)[0] = (byte)value;

    public void U16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), (ushort)value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    public void Zeros(int count) => Take(count).Clear();

    public void Text(string value) => Raw(Encoding.UTF8.GetBytes(value));

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

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
