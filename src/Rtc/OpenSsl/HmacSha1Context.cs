using System.Security.Cryptography;

namespace Classroom.Rtc.OpenSsl;

/// <summary>HMAC-SHA1 with one kept context: the two key blocks are hashed once, not per packet.</summary>
internal sealed unsafe class HmacSha1Context : IDisposable
{
    public const int HashLength = 20;
    private nint _context;

    public HmacSha1Context(ReadOnlySpan<byte> key)
    {
        var mac = LibCrypto.EVP_MAC_fetch(0, "HMAC", null);
        _context = LibCrypto.EVP_MAC_CTX_new(mac);
        LibCrypto.EVP_MAC_free(mac);
        fixed (byte* keyPointer = key, name = "digest\0"u8, digest = "SHA1\0"u8)
        {
            var parameters = stackalloc LibCrypto.OsslParam[2];
            parameters[0] = new() { Key = name, DataType = LibCrypto.OsslParam.Utf8String, Data = digest, DataSize = 4 };
            parameters[1] = default;
            if (LibCrypto.EVP_MAC_init(_context, keyPointer, (nuint)key.Length, parameters) != 1)
            {
                throw new CryptographicException("HMAC-SHA1 is not available in OpenSSL.");
            }
        }
    }

    /// <summary>Hashes three parts as if they stood together.</summary>
    /// <param name="first">Not empty.</param>
    /// <param name="second">May be empty.</param>
    /// <param name="third">May be empty.</param>
    /// <param name="destination">20 bytes.</param>
    public bool Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        nuint written;
        fixed (byte* a = first, b = second, c = third, to = destination)
        {
            // Without a key the context starts again from the hashed key blocks that it keeps.
            return LibCrypto.EVP_MAC_init(_context, null, 0, null) == 1
                && LibCrypto.EVP_MAC_update(_context, a, (nuint)first.Length) == 1
                && (second.IsEmpty || LibCrypto.EVP_MAC_update(_context, b, (nuint)second.Length) == 1)
                && (third.IsEmpty || LibCrypto.EVP_MAC_update(_context, c, (nuint)third.Length) == 1)
                && LibCrypto.EVP_MAC_final(_context, to, &written, (nuint)destination.Length) == 1;
        }
    }

    public void Dispose()
    {
        LibCrypto.EVP_MAC_CTX_free(_context);
        _context = 0;
    }
}
