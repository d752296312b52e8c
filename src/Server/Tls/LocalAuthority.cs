using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Classroom.Data.Secrets;

namespace Classroom.Server.Tls;

/// <summary>
/// A certificate authority of this server alone, so that stations and teachers get a secure page without buying a certificate.
/// The root is fetched once at /ca.crt and trusted by the device; the server's certificate is made anew when its names change or it is about to expire.
/// </summary>
internal sealed class LocalAuthority(string folder, TimeProvider time)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan s_rootLifetime = TimeSpan.FromDays(3650);

    // Apple's devices refuse server certificates that are valid for more than 825 days.
    private static readonly TimeSpan s_leafLifetime = TimeSpan.FromDays(820);
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromDays(60);

    /// <summary>The root that devices trust, PEM, readable by all.</summary>
    public string RootFile => Path.Combine(folder, "ca.crt");

    private string RootKeyFile => Path.Combine(folder, "ca.key");

    private string LeafFile => Path.Combine(folder, "server.crt");

    private string LeafKeyFile => Path.Combine(folder, "server.key");

    /// <summary>The certificate for these names and addresses, made when there is none that fits.</summary>
    public X509Certificate2 Certificate(IReadOnlyCollection<string> names)
    {
        SecretFile.CreateFolder(folder);
        using var root = LoadRoot() ?? CreateRoot();
        return LoadLeaf(root, names) ?? CreateLeaf(root, names);
    }

    private X509Certificate2? LoadRoot()
    {
        if (!File.Exists(RootFile) || !File.Exists(RootKeyFile))
        {
            return null;
        }

        var root = X509Certificate2.CreateFromPemFile(RootFile, RootKeyFile);
        return IsFresh(root) ? root : null;
    }

    private X509Certificate2 CreateRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName($"CN=Classroom local CA {Environment.MachineName}, O=Classroom");
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        var root = request.CreateSelfSigned(now.AddDays(-1), now + s_rootLifetime);
        SecretFile.Write(RootKeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(RootFile, root.ExportCertificatePem() + "\n");
        return root;
    }

    private X509Certificate2? LoadLeaf(X509Certificate2 root, IReadOnlyCollection<string> names)
    {
        if (!File.Exists(LeafFile) || !File.Exists(LeafKeyFile))
        {
            return null;
        }

        using var leaf = X509Certificate2.CreateFromPemFile(LeafFile, LeafKeyFile);
        var fits = IsFresh(leaf) && leaf.IssuerName.RawData.AsSpan().SequenceEqual(root.SubjectName.RawData) && Covers(leaf, names);
        return fits ? WithChain(leaf) : null;
    }

    private bool IsFresh(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime + s_renewBefore;

    private static bool Covers(X509Certificate2 leaf, IReadOnlyCollection<string> names)
    {
        var covered = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.All(covered.Contains);
    }

    private X509Certificate2 CreateLeaf(X509Certificate2 root, IReadOnlyCollection<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Classroom server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(AlternativeNames(names));
        var now = time.GetUtcNow();
        using var certificate = request.Create(root, now.AddDays(-1), now + s_leafLifetime, RandomNumberGenerator.GetBytes(16));
        using var leaf = certificate.CopyWithPrivateKey(key);
        SecretFile.Write(LeafKeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(LeafFile, leaf.ExportCertificatePem() + "\n");
        return WithChain(leaf);
    }

    private static X509Extension AlternativeNames(IReadOnlyCollection<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }

    // Kestrel wants the key in the certificate's own store, which a PKCS#12 round trip gives on every system.
    private static X509Certificate2 WithChain(X509Certificate2 leaf) =>
        X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), password: null);
}
