using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Classroom.Rtc.Ciphers;

namespace Classroom.Rtc.OpenSsl;

/// <summary>For processors without the instructions of <see cref="AesGcmCipher"/>: kept contexts, a packet only sets the IV anew.</summary>
internal sealed unsafe class OpenSslGcmCipher : GcmCipher
{
    private nint _encrypting;
    private nint _decrypting;

    /// <param name="key">16 bytes.</param>
    public OpenSslGcmCipher(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength, nameof(key));
        _encrypting = LibCrypto.EVP_CIPHER_CTX_new();
        _decrypting = LibCrypto.EVP_CIPHER_CTX_new();
        fixed (byte* keyPointer = key)
        {
            if (LibCrypto.EVP_EncryptInit_ex(_encrypting, LibCrypto.EVP_aes_128_gcm(), 0, keyPointer, null) != 1
                || LibCrypto.EVP_DecryptInit_ex(_decrypting, LibCrypto.EVP_aes_128_gcm(), 0, keyPointer, null) != 1)
            {
                throw new CryptographicException("AES-128-GCM is not available in OpenSSL.");
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Seal(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain, Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(_encrypting == 0, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, IvLength, nameof(iv));
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, plain.Length + TagLength, nameof(output));
        int written;
        fixed (byte* ivPointer = iv, aad = associated, input = plain, to = output)
        {
            return LibCrypto.EVP_EncryptInit_ex(_encrypting, 0, 0, null, ivPointer) == 1
                && (associated.IsEmpty || LibCrypto.EVP_EncryptUpdate(_encrypting, null, &written, aad, associated.Length) == 1)
                && (plain.IsEmpty || LibCrypto.EVP_EncryptUpdate(_encrypting, to, &written, input, plain.Length) == 1)
                && LibCrypto.EVP_EncryptFinal_ex(_encrypting, to + plain.Length, &written) == 1
                && LibCrypto.EVP_CIPHER_CTX_ctrl(_encrypting, LibCrypto.CtrlAeadGetTag, TagLength, to + plain.Length) == 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Open(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, Span<byte> cipher, ReadOnlySpan<byte> tag)
    {
        ObjectDisposedException.ThrowIf(_decrypting == 0, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, IvLength, nameof(iv));
        ArgumentOutOfRangeException.ThrowIfNotEqual(tag.Length, TagLength, nameof(tag));
        int written;
        byte nothing;
        fixed (byte* ivPointer = iv, aad = associated, text = cipher, tagPointer = tag)
        {
            return LibCrypto.EVP_DecryptInit_ex(_decrypting, 0, 0, null, ivPointer) == 1
                && (associated.IsEmpty || LibCrypto.EVP_DecryptUpdate(_decrypting, null, &written, aad, associated.Length) == 1)
                && (cipher.IsEmpty || LibCrypto.EVP_DecryptUpdate(_decrypting, text, &written, text, cipher.Length) == 1)
                && LibCrypto.EVP_CIPHER_CTX_ctrl(_decrypting, LibCrypto.CtrlAeadSetTag, TagLength, tagPointer) == 1
                && LibCrypto.EVP_DecryptFinal_ex(_decrypting, &nothing, &written) == 1;
        }
    }

    public override void Dispose()
    {
        LibCrypto.EVP_CIPHER_CTX_free(_encrypting);
        LibCrypto.EVP_CIPHER_CTX_free(_decrypting);
        _encrypting = 0;
        _decrypting = 0;
    }
}
