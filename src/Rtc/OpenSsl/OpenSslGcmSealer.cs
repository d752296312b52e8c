using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Classroom.Rtc.Ciphers;

namespace Classroom.Rtc.OpenSsl;

/// <summary>For processors without the instructions of <see cref="AesGcmSealer"/>: one kept context, a packet only sets the IV anew.</summary>
internal sealed unsafe class OpenSslGcmSealer : GcmSealer
{
    private nint _context;

    /// <param name="key">16 bytes.</param>
    public OpenSslGcmSealer(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, 16, nameof(key));
        _context = LibCrypto.EVP_CIPHER_CTX_new();
        fixed (byte* keyPointer = key)
        {
            if (LibCrypto.EVP_EncryptInit_ex(_context, LibCrypto.EVP_aes_128_gcm(), 0, keyPointer, null) != 1)
            {
                throw new CryptographicException("AES-128-GCM is not available in OpenSSL.");
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Seal(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain, Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, IvLength, nameof(iv));
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, plain.Length + TagLength, nameof(output));
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

    public override void Dispose()
    {
        LibCrypto.EVP_CIPHER_CTX_free(_context);
        _context = 0;
    }
}
