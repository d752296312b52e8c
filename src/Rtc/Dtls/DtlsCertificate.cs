using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Classroom.Rtc.OpenSsl;

namespace Classroom.Rtc.Dtls;

/// <summary>
/// A self-signed ECDSA P-256 certificate, made at start-up and shared by all sessions. Trust comes from its fingerprint,
/// which travels in the session description; nobody looks at its name or dates (RFC 8827, 6.5).
/// </summary>
public sealed class DtlsCertificate : IDisposable
{
    /// <summary>GCM first: browsers take the first of the server's list that they have.</summary>
    private const string SrtpProfiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";

    private DtlsCertificate(byte[] certificate, byte[] privateKey)
    {
        Fingerprint = FormatFingerprint(SHA256.HashData(certificate));
        Context = CreateContext(certificate, privateKey);
    }

    /// <summary>SHA-256 of the certificate as in SDP (RFC 8122): <c>AA:BB:…</c>, 32 bytes.</summary>
    public string Fingerprint { get; }

    /// <summary>OpenSSL's SSL_CTX; sessions hold their own reference to it.</summary>
    internal nint Context { get; private set; }

    public static DtlsCertificate Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=classroom", key, HashAlgorithmName.SHA256);
#pragma warning disable RS0030 // Fixed dates, no clock.
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2049, 12, 31, 0, 0, 0, TimeSpan.Zero));
#pragma warning restore RS0030
        return new DtlsCertificate(certificate.RawData, key.ExportPkcs8PrivateKey());
    }

    public void Dispose()
    {
        LibSsl.SSL_CTX_free(Context);
        Context = 0;
    }

    internal static string FormatFingerprint(ReadOnlySpan<byte> hash)
    {
        var hex = Convert.ToHexString(hash);
        return string.Create((hash.Length * 3) - 1, hex, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = i % 3 == 2 ? ':' : source[(i / 3 * 2) + (i % 3)];
            }
        });
    }

    private static unsafe nint CreateContext(byte[] certificate, byte[] privateKey)
    {
        var context = LibSsl.SSL_CTX_new(LibSsl.DTLS_method());
        LibSsl.SSL_CTX_set_options(
            context, LibSsl.OptionNoQueryMtu | LibSsl.OptionNoTicket | LibSsl.OptionServerPreference | LibSsl.OptionNoRenegotiation);
        LibSsl.SSL_CTX_ctrl(context, LibSsl.CtrlSetMinProtocol, LibSsl.Dtls12, 0);
        LibSsl.SSL_CTX_ctrl(context, LibSsl.CtrlSetMaxProtocol, LibSsl.Dtls12, 0);
        LibSsl.SSL_CTX_ctrl(context, LibSsl.CtrlSetSessionCacheMode, 0, 0);
        // Any certificate is let in here; the owner of the session compares its fingerprint with the session description.
        LibSsl.SSL_CTX_set_verify(context, LibSsl.VerifyPeerAndFailWithout, &AcceptAny);
        fixed (byte* certificateData = certificate, keyData = privateKey)
        {
            var certificateCursor = certificateData;
            var keyCursor = keyData;
            var x509 = LibCrypto.d2i_X509(null, &certificateCursor, certificate.Length);
            var key = LibCrypto.d2i_AutoPrivateKey(null, &keyCursor, privateKey.Length);
            var done = LibSsl.SSL_CTX_use_certificate(context, x509) == 1
                && LibSsl.SSL_CTX_use_PrivateKey(context, key) == 1
                && LibSsl.SSL_CTX_set_tlsext_use_srtp(context, SrtpProfiles) == 0;
            LibCrypto.X509_free(x509);
            LibCrypto.EVP_PKEY_free(key);
            return done ? context : throw new CryptographicException("OpenSSL did not take the DTLS certificate.");
        }
    }

    [UnmanagedCallersOnly]
    private static int AcceptAny(int verified, nint store) => 1;
}
