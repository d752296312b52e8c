using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Classroom.Rtc.Stun;

/// <summary>MESSAGE-INTEGRITY: HMAC-SHA1 over the message before it (RFC 8489, 14.5).</summary>
internal static class StunIntegrity
{
    public const int AttributeLength = 24;

    /// <param name="before">Header and attributes before MESSAGE-INTEGRITY.</param>
    /// <param name="key">The password.</param>
    /// <param name="destination">20 bytes.</param>
    public static void Compute(ReadOnlySpan<byte> before, ReadOnlySpan<byte> key, Span<byte> destination)
    {
        // The length in the header counts up to the end of MESSAGE-INTEGRITY, whatever follows it.
        Span<byte> copy = stackalloc byte[Datagram.MaxLength];
        copy = before.Length <= copy.Length ? copy[..before.Length] : new byte[before.Length];
        before.CopyTo(copy);
        BinaryPrimitives.WriteUInt16BigEndian(copy[2..], (ushort)(before.Length + AttributeLength - StunMessage.HeaderLength));
#pragma warning disable CA5350 // RFC 8489 fixes the algorithm.
        HMACSHA1.HashData(key, copy, destination);
#pragma warning restore CA5350
    }
}
