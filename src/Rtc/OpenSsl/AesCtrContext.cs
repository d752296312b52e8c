using System.Security.Cryptography;

namespace Classroom.Rtc.OpenSsl;

/// <summary>AES-128 in counter mode with one kept context. Encryption and decryption are the same.</summary>
internal sealed unsafe class AesCtrContext : IDisposable
{
    private nint _context;

    public AesCtrContext(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, 16, nameof(key));
        _context = LibCrypto.EVP_CIPHER_CTX_new();
        fixed (byte* keyPointer = key)
        {
            if (LibCrypto.EVP_EncryptInit_ex(_context, LibCrypto.EVP_aes_128_ctr(), 0, keyPointer, null) != 1)
            {
                throw new CryptographicException("AES-128-CTR is not available in OpenSSL.");
            }
        }
    }

    /// <param name="iv">16 bytes: the first counter block.</param>
    /// <param name="input">May be the output itself, but not overlap it otherwise.</param>
    /// <param name="output">At least as long.</param>
    public bool Apply(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> input, Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        int written;
        fixed (byte* ivPointer = iv, from = input, to = output)
        {
            return LibCrypto.EVP_EncryptInit_ex(_context, 0, 0, null, ivPointer) == 1
                && (input.IsEmpty || LibCrypto.EVP_EncryptUpdate(_context, to, &written, from, input.Length) == 1);
        }
    }

    public void Dispose()
    {
        LibCrypto.EVP_CIPHER_CTX_free(_context);
        _context = 0;
    }
}
