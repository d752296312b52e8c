using System.Buffers.Binary;

namespace Classroom.Rtc.Rtp;

/// <summary>
/// Appends an extension block (RFC 8285) to a header that <see cref="RtpWriter.WriteHeader"/> has begun:
/// <code>
/// var extensions = new RtpExtensionWriter(buffer);
/// extensions.TryAdd(id, value);
/// var headerLength = extensions.Finish();
/// </code>
/// </summary>
public ref struct RtpExtensionWriter
{
    private const int BlockHeaderLength = 4;
    private readonly Span<byte> _packet;
    private readonly int _start;
    private readonly bool _twoByte;
    private int _position;

    /// <param name="packet">Begins with a header without extensions; has room behind it.</param>
    /// <param name="twoByte">The two-byte form: for ids over 14, and for values that are empty or over 16 bytes.</param>
    public RtpExtensionWriter(Span<byte> packet, bool twoByte = false)
    {
        _packet = packet;
        _twoByte = twoByte;
        _start = RtpPacket.FixedHeaderLength + ((packet[0] & 0x0F) * 4);
        _position = _start + BlockHeaderLength;
    }

    /// <returns>False when the id or the value does not fit this form or the buffer; nothing is written then.</returns>
    public bool TryAdd(int id, scoped ReadOnlySpan<byte> value)
    {
        var prefix = _twoByte ? 2 : 1;
        var fits = _twoByte ? id is >= 1 and <= 255 && value.Length <= 255 : id is >= 1 and <= 14 && value.Length is >= 1 and <= 16;
        // Finish fills the block up to whole words.
        var end = _start + ((_position - _start + prefix + value.Length + 3) & ~3);
        if (!fits || end > _packet.Length)
        {
            return false;
        }

        if (_twoByte)
        {
            _packet[_position] = (byte)id;
            _packet[_position + 1] = (byte)value.Length;
        }
        else
        {
            _packet[_position] = (byte)((id << 4) | (value.Length - 1));
        }

        value.CopyTo(_packet[(_position + prefix)..]);
        _position += prefix + value.Length;
        return true;
    }

    /// <summary>Closes the block and returns the length of the whole header. Without elements there is no block.</summary>
    public int Finish()
    {
        if (_position == _start + BlockHeaderLength)
        {
            RtpWriter.SetExtensionBit(_packet, present: false);
            return _start;
        }

        while ((_position - _start) % 4 != 0)
        {
            _packet[_position++] = 0;
        }

        RtpWriter.SetExtensionBit(_packet, present: true);
        BinaryPrimitives.WriteUInt16BigEndian(_packet[_start..], _twoByte ? (ushort)0x1000 : (ushort)0xBEDE);
        BinaryPrimitives.WriteUInt16BigEndian(_packet[(_start + 2)..], (ushort)((_position - _start - BlockHeaderLength) / 4));
        return _position;
    }
}
