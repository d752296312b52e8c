using System.Buffers.Binary;

namespace Classroom.Rtc.Stun;

/// <summary>XOR-MAPPED-ADDRESS: an address hidden from rewriting middleboxes (RFC 8489, 14.2).</summary>
internal static class StunAddress
{
    public const int MaxLength = 20;

    public static bool TryRead(ReadOnlySpan<byte> value, ReadOnlySpan<byte> transactionId, out NetAddress address)
    {
        address = default;
        var length = value.Length - 4;
        if (!((length == 4 && value[1] == 1) || (length == 16 && value[1] == 2)))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        value[4..].CopyTo(bytes);
        Xor(bytes[..length], transactionId);
        var port = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (StunMessage.MagicCookie >> 16));
        address = length == 4 ? NetAddress.FromIPv4(bytes, port) : NetAddress.FromIPv6(bytes, port);
        return true;
    }

    public static int Write(Span<byte> value, NetAddress address, ReadOnlySpan<byte> transactionId)
    {
        value[0] = 0;
        value[1] = (byte)(address.IsIPv4 ? 1 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ (StunMessage.MagicCookie >> 16)));
        var length = address.WriteAddress(value[4..]);
        Xor(value.Slice(4, length), transactionId);
        return 4 + length;
    }

    private static void Xor(Span<byte> address, ReadOnlySpan<byte> transactionId)
    {
        Span<byte> mask = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(mask, StunMessage.MagicCookie);
        transactionId.CopyTo(mask[4..]);
        for (var i = 0; i < address.Length; i++)
        {
            address[i] ^= mask[i];
        }
    }
}
