using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Classroom.Rtc.OpenSsl;

/// <summary>Opens what AES-128-GCM has sealed, with one kept context: the key schedule is made once, a packet only sets the IV anew.</summary>
internal sealed unsafe class AesGcmOpener : IDisposable
{
    private nint _context;

    /// <param name="key">16 bytes.</param>
    public AesGcmOpener(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, 16, nameof(key));
        _context = LibCrypto.EVP_CIPHER_CTX_new();
        fixed (byte* keyPointer = key)
        {
            if (LibCrypto.EVP_DecryptInit_ex(_context, LibCrypto.EVP_aes_128_gcm(), 0, keyPointer, null) != 1)
            {
                throw new CryptographicException("AES-128-GCM is not available in OpenSSL.");
            }
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
        ObjectDisposedException.ThrowIf(_context == 0, this);
        int written;
        byte nothing;
        fixed (byte* ivPointer = iv, aad = associated, aadEnd = associatedEnd, text = cipher, tagPointer = tag)
        {
            return LibCrypto.EVP_DecryptInit_ex(_context, 0, 0, null, ivPointer) == 1
                && LibCrypto.EVP_DecryptUpdate(_context, null, &written, aad, associated.Length) == 1
                && (associatedEnd.IsEmpty || LibCrypto.EVP_DecryptUpdate(_context, null, &written, aadEnd, associatedEnd.Length) == 1)
                && (cipher.IsEmpty || LibCrypto.EVP_DecryptUpdate(_context, text, &written, text, cipher.Length) == 1)
                && LibCrypto.EVP_CIPHER_CTX_ctrl(_context, LibCrypto.CtrlAeadSetTag, tag.Length, tagPointer) == 1
                && LibCrypto.EVP_DecryptFinal_ex(_context, &nothing, &written) == 1;
        }
    }

    public void Dispose()
    {
        LibCrypto.EVP_CIPHER_CTX_free(_context);
        _context = 0;
    }
}
