using System.Runtime.InteropServices;

namespace Classroom.Rtc.OpenSsl;

/// <summary>What DTLS needs of libcrypto: BIOs of our own, certificates, errors.</summary>
internal static unsafe partial class LibCrypto
{
    /// <summary>Kind of BIO that is a source or sink of bytes.</summary>
    public const int BioTypeSourceSink = 0x0400;

    public const int BioFlagRead = 0x01;
    public const int BioFlagShouldRetry = 0x08;
    public const int BioFlagsRetryMask = 0x0F;

    [LibraryImport(Name)]
    public static partial int BIO_get_new_index();

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint BIO_meth_new(int type, string name);

    [LibraryImport(Name)]
    public static partial int BIO_meth_set_write(nint method, delegate* unmanaged<nint, byte*, int, int> callback);

    [LibraryImport(Name)]
    public static partial int BIO_meth_set_read(nint method, delegate* unmanaged<nint, byte*, int, int> callback);

    [LibraryImport(Name)]
    public static partial int BIO_meth_set_ctrl(nint method, delegate* unmanaged<nint, int, nint, nint, nint> callback);

    [LibraryImport(Name)]
    public static partial int BIO_meth_set_create(nint method, delegate* unmanaged<nint, int> callback);

    [LibraryImport(Name)]
    public static partial nint BIO_new(nint method);

    [LibraryImport(Name)]
    public static partial void BIO_set_init(nint bio, int value);

    [LibraryImport(Name)]
    public static partial void BIO_set_data(nint bio, nint data);

    [LibraryImport(Name)]
    public static partial nint BIO_get_data(nint bio);

    [LibraryImport(Name)]
    public static partial void BIO_set_flags(nint bio, int flags);

    [LibraryImport(Name)]
    public static partial void BIO_clear_flags(nint bio, int flags);

    [LibraryImport(Name)]
    public static partial void ERR_clear_error();

    [LibraryImport(Name)]
    public static partial nint d2i_X509(nint* certificate, byte** data, nint length);

    [LibraryImport(Name)]
    public static partial void X509_free(nint certificate);

    [LibraryImport(Name)]
    public static partial int X509_digest(nint certificate, nint algorithm, byte* output, uint* length);

    [LibraryImport(Name)]
    public static partial nint EVP_sha256();

    [LibraryImport(Name)]
    public static partial nint d2i_AutoPrivateKey(nint* key, byte** data, nint length);

    [LibraryImport(Name)]
    public static partial void EVP_PKEY_free(nint key);
}
