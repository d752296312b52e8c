using System.Buffers.Binary;

namespace Classroom.Recorder.Archives;

/// <summary>Writes fields of a ZIP record one after the other, little-endian.</summary>
internal sealed class ZipFields(byte[] record)
{
    private int _at;

    public ZipFields U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Next(sizeof(ushort)), value);
        return this;
    }

    public ZipFields U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Next(sizeof(uint)), value);
        return this;
    }

    public ZipFields U64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), value);
        return this;
    }

    public ZipFields Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Next(value.Length));
        return this;
    }

    private Span<byte> Next(int length)
    {
        _at += length;
        return record.AsSpan(_at - length, length);
    }
}
