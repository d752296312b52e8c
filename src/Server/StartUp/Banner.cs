using System.Text;
using Classroom.Server.Configuration;
using Classroom.Server.Tls;

namespace Classroom.Server.StartUp;

/// <summary>What the person at the console sees first: where the pages are and who can sign in.</summary>
internal static class Banner
{
    public static string Write(ServerOptions options, IReadOnlyCollection<string> listening)
    {
        var host = MachineNames.Preferred();
        var text = new StringBuilder().AppendLine().AppendLine("  同窗 Classroom");
        foreach (var address in listening.Select(address => new Uri(address.Replace("[::]", host, StringComparison.Ordinal))).OrderByDescending(address => address.Scheme))
        {
            text.AppendLine($"  {address.Scheme,-6} {address.Scheme}://{host}:{address.Port}   (here: {address.Scheme}://localhost:{address.Port})");
        }

        if (options.TlsCertificate is null && options.HttpsPort >= 0)
        {
            text.AppendLine("  Browsers warn until they trust the root certificate, which is at /ca.crt (docs/install.md).");
        }

        return text.ToString();
    }
}
