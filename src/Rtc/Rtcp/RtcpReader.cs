using System.Buffers.Binary;

namespace Classroom.Rtc.Rtcp;

/// <summary>
/// Walks the packets of a compound RTCP datagram (RFC 3550, 6.1; reduced size of RFC 5506 included):
/// <code>while (reader.TryRead(out var packet)) { … }</code>
/// </summary>
public ref struct RtcpReader
{
    private ReadOnlySpan<byte> _rest;

    public RtcpReader(ReadOnlySpan<byte> datagram)
    {
        _rest = datagram;
        IsMalformed = false;
    }

    /// <summary>True when reading stopped before the end of the datagram.</summary>
    public bool IsMalformed { get; private set; }

    public bool TryRead(out RtcpPacket packet)
    {
        packet = default;
        if (_rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        if (_rest.Length < 4 || _rest[0] >> 6 != 2)
        {
            return Fail();
        }

        var length = 4 + (BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) * 4);
        if (length > _rest.Length)
        {
            return Fail();
        }

        // Only the last packet should be padded; some senders pad feedback in the middle, which does no harm.
        var padding = (_rest[0] & 0x20) != 0 ? _rest[length - 1] : 0;
        if (((_rest[0] & 0x20) != 0 && padding == 0) || padding > length - 4)
        {
            return Fail();
        }

        packet = new RtcpPacket((RtcpPacketType)_rest[1], (byte)(_rest[0] & 0x1F), _rest[4..(length - padding)]);
        _rest = _rest[length..];
        return true;
    }

    private bool Fail()
    {
        IsMalformed = true;
        return false;
    }
}
