using System.Security.Cryptography;

namespace Classroom.Rtc.Srtp;

/// <summary>What a session key is for (RFC 3711, 4.3.2).</summary>
internal enum SrtpKeyLabel : byte
{
    RtpEncryption = 0,
    RtpAuthentication = 1,
    RtpSalt = 2,
    RtcpEncryption = 3,
    RtcpAuthentication = 4,
    RtcpSalt = 5,
}

/// <summary>Derives session keys from the master key with AES in counter mode (RFC 3711, 4.3.3), at a rate of zero.</summary>
internal static class SrtpKeyDerivation
{
    /// <param name="masterKey">16 bytes.</param>
    /// <param name="masterSalt">14 bytes, or 12 for AEAD, which counts as padded with zeros on the right (RFC 7714, 11).</param>
    /// <param name="label">Purpose of the key.</param>
    /// <param name="length">Bytes wanted.</param>
    public static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, SrtpKeyLabel label, int length)
    {
        Span<byte> counter = stackalloc byte[16];
        masterSalt.CopyTo(counter);
        counter[7] ^= (byte)label;

        using var aes = Aes.Create();
        aes.Key = masterKey.ToArray();
        var stream = new byte[(length + 15) / 16 * 16];
        for (var block = 0; block < stream.Length / 16; block++)
        {
            counter[15] = (byte)block;
#pragma warning disable CA5358 // One block of ECB is how counter mode is defined.
            aes.EncryptEcb(counter, stream.AsSpan(block * 16, 16), PaddingMode.None);
#pragma warning restore CA5358
        }

        return stream[..length];
    }
}
