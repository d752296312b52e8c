using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Classroom.Rtc.OpenSsl;

/// <summary>AES-128-GCM with one kept context: the key schedule is made once, a packet only sets the IV anew.</summary>
internal sealed unsafe class AesGcmContext : IDisposable
{
    public const int TagLength = 16;
    public const int IvLength = 12;
    private readonly bool _encrypts;
    private nint _context;

    public AesGcmContext(ReadOnlySpan<byte> key, bool encrypts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, 16, nameof(key));
        _encrypts = encrypts;
        _context = LibCrypto.EVP_CIPHER_CTX_new();
        fixed (byte* keyPointer = key)
        {
            var done = encrypts
                ? LibCrypto.EVP_EncryptInit_ex(_context, LibCrypto.EVP_aes_128_gcm(), 0, keyPointer, null)
                : LibCrypto.EVP_DecryptInit_ex(_context, LibCrypto.EVP_aes_128_gcm(), 0, keyPointer, null);
            if (done != 1)
            {
                throw new CryptographicException("AES-128-GCM is not available in OpenSSL.");
            }
        }
    }

    /// <summary>Encrypts and appends the tag.</summary>
    /// <param name="iv">12 bytes, never used twice.</param>
    /// <param name="associated">Authenticated only.</param>
    /// <param name="plain">May be empty; may be the start of <paramref name="output"/> itself, but not overlap it otherwise.</param>
    /// <param name="output">As long as the plain text plus 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Seal(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain, Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(_context == 0 || !_encrypts, this);
        int written;
        fixed (byte* ivPointer = iv, aad = associated, input = plain, to = output)
        {
            return LibCrypto.EVP_EncryptInit_ex(_context, 0, 0, null, ivPointer) == 1
                && LibCrypto.EVP_EncryptUpdate(_context, null, &written, aad, associated.Length) == 1
                && (plain.IsEmpty || LibCrypto.EVP_EncryptUpdate(_context, to, &written, input, plain.Length) == 1)
                && LibCrypto.EVP_EncryptFinal_ex(_context, to + plain.Length, &written) == 1
                && LibCrypto.EVP_CIPHER_CTX_ctrl(_context, LibCrypto.CtrlAeadGetTag, TagLength, to + plain.Length) == 1;
        }
    }

    /// <summary>Decrypts in place; on false the bytes are garbage.</summary>
    /// <param name="iv">12 bytes.</param>
    /// <param name="associated">First part of what is authenticated.</param>
    /// <param name="associatedEnd">Second part of what is authenticated.</param>
    /// <param name="cipher">Cipher text.</param>
    /// <param name="tag">16 bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Open(
        ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> associatedEnd, Span<byte> cipher, ReadOnlySpan<byte> tag)
    {
        ObjectDisposedException.ThrowIf(_context == 0 || _encrypts, this);
        int written;
        byte nothing;
        fixed (byte* ivPointer = iv, aad = associated, aadEnd = associatedEnd, text = cipher, tagPointer = tag)
        {
            return LibCrypto.EVP_DecryptInit_ex(_context, 0, 0, null, ivPointer) == 1
                && LibCrypto.EVP_DecryptUpdate(_context, null, &written, aad, associated.Length) == 1
                && (associatedEnd.IsEmpty || LibCrypto.EVP_DecryptUpdate(_context, null, &written, aadEnd, associatedEnd.Length) == 1)
                && (cipher.IsEmpty || LibCrypto.EVP_DecryptUpdate(_context, text, &written, text, cipher.Length) == 1)
                && LibCrypto.EVP_CIPHER_CTX_ctrl(_context, LibCrypto.CtrlAeadSetTag, TagLength, tagPointer) == 1
                && LibCrypto.EVP_DecryptFinal_ex(_context, &nothing, &written) == 1;
        }
    }

    public void Dispose()
    {
        LibCrypto.EVP_CIPHER_CTX_free(_context);
        _context = 0;
    }
}
