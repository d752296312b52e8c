using System.Runtime.InteropServices;

namespace Classroom.Rtc.OpenSsl;

/// <summary>The DTLS part of libssl: the same library that .NET's own TLS loads.</summary>
internal static unsafe partial class LibSsl
{
    private const string Name = "libssl.so.3";

    public const int Dtls12 = 0xFEFD;
    public const int CtrlSetMtu = 17;
    public const int CtrlSetSessionCacheMode = 44;
    public const int CtrlDtlsGetTimeout = 73;
    public const int CtrlDtlsHandleTimeout = 74;
    public const int CtrlSetMinProtocol = 123;
    public const int CtrlSetMaxProtocol = 124;

    public const ulong OptionNoQueryMtu = 1UL << 12;
    public const ulong OptionNoTicket = 1UL << 14;
    public const ulong OptionServerPreference = 1UL << 22;
    public const ulong OptionNoRenegotiation = 1UL << 30;

    /// <summary>Ask the peer for a certificate and insist on one.</summary>
    public const int VerifyPeerAndFailWithout = 3;

    public const int ErrorWantRead = 2;
    public const int ErrorZeroReturn = 6;

    [LibraryImport(Name)]
    public static partial nint DTLS_method();

    [LibraryImport(Name)]
    public static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Name)]
    public static partial void SSL_CTX_free(nint context);

    [LibraryImport(Name)]
    public static partial nint SSL_CTX_ctrl(nint context, int command, nint number, nint pointer);

    [LibraryImport(Name)]
    public static partial ulong SSL_CTX_set_options(nint context, ulong options);

    [LibraryImport(Name)]
    public static partial void SSL_CTX_set_verify(nint context, int mode, delegate* unmanaged<int, nint, int> callback);

    [LibraryImport(Name)]
    public static partial int SSL_CTX_use_certificate(nint context, nint certificate);

    [LibraryImport(Name)]
    public static partial int SSL_CTX_use_PrivateKey(nint context, nint key);

    /// <returns>0 on success, unlike all others.</returns>
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_tlsext_use_srtp(nint context, string profiles);

    [LibraryImport(Name)]
    public static partial nint SSL_new(nint context);

    [LibraryImport(Name)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(Name)]
    public static partial void SSL_set_bio(nint ssl, nint read, nint write);

    [LibraryImport(Name)]
    public static partial void SSL_set_accept_state(nint ssl);

    [LibraryImport(Name)]
    public static partial void SSL_set_connect_state(nint ssl);

    [LibraryImport(Name)]
    public static partial nint SSL_ctrl(nint ssl, int command, nint number, nint pointer);

    [LibraryImport(Name)]
    public static partial void DTLS_set_timer_cb(nint ssl, delegate* unmanaged<nint, uint, uint> callback);

    [LibraryImport(Name)]
    public static partial int SSL_do_handshake(nint ssl);

    [LibraryImport(Name)]
    public static partial int SSL_read(nint ssl, byte* buffer, int length);

    [LibraryImport(Name)]
    public static partial int SSL_shutdown(nint ssl);

    [LibraryImport(Name)]
    public static partial int SSL_get_error(nint ssl, int result);

    [LibraryImport(Name)]
    public static partial nint SSL_get1_peer_certificate(nint ssl);

    /// <returns>Pointer to a name pointer and an unsigned long with the profile's number, or null.</returns>
    [LibraryImport(Name)]
    public static partial nint* SSL_get_selected_srtp_profile(nint ssl);

    [LibraryImport(Name)]
    public static partial int SSL_export_keying_material(
        nint ssl, byte* output, nuint outputLength, byte* label, nuint labelLength, byte* context, nuint contextLength, int useContext);

    /// <summary>The C type timeval, on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeVal
    {
        public long Seconds;
        public long Microseconds;
    }
}
