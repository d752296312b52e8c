using System.Runtime.InteropServices;

namespace Classroom.Rtc.OpenSsl;

/// <summary>
/// The few functions of libcrypto that .NET does not offer: ciphers whose context is kept between packets. Those that
/// work on one packet take under a microsecond and never call back, so they skip the transition of the garbage collector.
/// </summary>
internal static unsafe partial class LibCrypto
{
    public const string Name = "libcrypto.so.3";
    public const int CtrlAeadGetTag = 0x10;
    public const int CtrlAeadSetTag = 0x11;

    [LibraryImport(Name)]
    public static partial nint EVP_CIPHER_CTX_new();

    [LibraryImport(Name)]
    public static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport(Name)]
    public static partial nint EVP_aes_128_gcm();

    [LibraryImport(Name)]
    public static partial nint EVP_aes_128_ctr();

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_EncryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* iv);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_EncryptUpdate(nint context, byte* output, int* outputLength, byte* input, int inputLength);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_EncryptFinal_ex(nint context, byte* output, int* outputLength);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_DecryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* iv);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_DecryptUpdate(nint context, byte* output, int* outputLength, byte* input, int inputLength);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_DecryptFinal_ex(nint context, byte* output, int* outputLength);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_CIPHER_CTX_ctrl(nint context, int type, int argument, byte* pointer);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint EVP_MAC_fetch(nint context, string algorithm, string? properties);

    [LibraryImport(Name)]
    public static partial void EVP_MAC_free(nint mac);

    [LibraryImport(Name)]
    public static partial nint EVP_MAC_CTX_new(nint mac);

    [LibraryImport(Name)]
    public static partial void EVP_MAC_CTX_free(nint context);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_MAC_init(nint context, byte* key, nuint keyLength, OsslParam* parameters);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_MAC_update(nint context, byte* data, nuint length);

    [LibraryImport(Name)]
    [SuppressGCTransition]
    public static partial int EVP_MAC_final(nint context, byte* output, nuint* outputLength, nuint outputSize);

    /// <summary>OSSL_PARAM: one named argument; a list of them ends with an empty one.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct OsslParam
    {
        public const uint Utf8String = 4;
        public byte* Key;
        public uint DataType;
        public void* Data;
        public nuint DataSize;
        public nuint ReturnSize;
    }
}
