using System.Security.Cryptography.X509Certificates;
using Classroom.Server.Configuration;

namespace Classroom.Server.Tls;

/// <summary>The certificate the pages are served with: the school's own, or one of the local authority.</summary>
internal static class ServerCertificate
{
    public static X509Certificate2 Load(ServerOptions options, TimeProvider time)
    {
        if (options.TlsCertificate is { Length: > 0 } file)
        {
            using var own = X509Certificate2.CreateFromPemFile(file, options.TlsKey);
            return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null);
        }

        return new LocalAuthority(options.SecretsFolder, time).Certificate(Names(options));
    }

    /// <summary>localhost, the host name, every address of the machine, and what the operator named.</summary>
    internal static IReadOnlyCollection<string> Names(ServerOptions options)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", Environment.MachineName.ToLowerInvariant() };
        names.UnionWith(MachineNames.Addresses().Select(address => address.ToString()));
        names.UnionWith(options.PublicAddresses);
        if (options.PublicUrl is { } url)
        {
            names.Add(url.Host.Trim('[', ']'));
        }

        return names;
    }
}
