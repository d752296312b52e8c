using System.Buffers.Binary;
using System.Text;

namespace Classroom.Rtc.Stun;

/// <summary>Appends attributes behind a STUN header and closes the message.</summary>
internal ref struct StunBuilder
{
    private readonly Span<byte> _buffer;

    public StunBuilder(Span<byte> buffer, ushort type, scoped ReadOnlySpan<byte> transactionId)
    {
        _buffer = buffer;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, type);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], StunMessage.MagicCookie);
        transactionId[..12].CopyTo(buffer[8..]);
        Length = StunMessage.HeaderLength;
    }

    public int Length { get; private set; }

    public void Add(StunAttribute type, scoped ReadOnlySpan<byte> value)
    {
        var room = Reserve(type, value.Length);
        value.CopyTo(room);
    }

    public void AddText(StunAttribute type, string text)
    {
        var room = Reserve(type, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, room);
    }

    public void AddUInt32(StunAttribute type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(type, 4), value);

    public void AddUInt64(StunAttribute type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(type, 8), value);

    /// <summary>Adds integrity (unless the key is empty) and fingerprint and returns the length of the message.</summary>
    public int Finish(scoped ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty)
        {
            var before = _buffer[..Length];
            StunIntegrity.Compute(before, key, Reserve(StunAttribute.MessageIntegrity, 20));
        }

        var end = Length;
        var fingerprint = Reserve(StunAttribute.Fingerprint, 4);
        // The fingerprint covers the final length.
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(Length - StunMessage.HeaderLength));
        BinaryPrimitives.WriteUInt32BigEndian(fingerprint, Crc32.Compute(_buffer[..end]) ^ StunMessage.FingerprintXor);
        return Length;
    }

    private Span<byte> Reserve(StunAttribute type, int length)
    {
        var attribute = _buffer.Slice(Length, 4 + StunAttributes.Padded(length));
        BinaryPrimitives.WriteUInt16BigEndian(attribute, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)length);
        attribute[(4 + length)..].Clear();
        Length += attribute.Length;
        return attribute.Slice(4, length);
    }
}
