using System.Text;
using Classroom.Data.Seeding;
using Classroom.Server.Configuration;
using Classroom.Server.Tls;

namespace Classroom.Server.StartUp;

/// <summary>What the person at the console sees first: where the pages are and who can sign in.</summary>
internal static class Banner
{
    public static string Write(ServerOptions options, IReadOnlyCollection<string> listening, IReadOnlyList<DemoAccount> demo)
    {
        var text = new StringBuilder().AppendLine().AppendLine("  同窗 Classroom").AppendLine();
        WriteAddresses(text, options, listening);
        WriteAccounts(text, demo);
        return text.ToString();
    }

    private static void WriteAddresses(StringBuilder text, ServerOptions options, IReadOnlyCollection<string> listening)
    {
        var host = MachineNames.Preferred();
        foreach (var address in listening.Select(url => new Uri(url.Replace("[::]", host, StringComparison.Ordinal))).OrderBy(url => url.Scheme))
        {
            text.AppendLine($"  {address.Scheme}://localhost:{address.Port}   from other devices {address.Scheme}://{host}:{address.Port}");
        }

        if (options.PublicUrl is { } url)
        {
            text.AppendLine($"  {url}");
        }

        if (options.TlsCertificate is null && options.HttpsPort >= 0)
        {
            text.AppendLine("  Browsers warn until they trust this server's root certificate: /ca.crt (docs/install.md).");
        }
    }

    private static void WriteAccounts(StringBuilder text, IReadOnlyList<DemoAccount> demo)
    {
        if (demo.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine($"  Demo accounts, password \"{demo[0].Password}\":");
        foreach (var account in demo)
        {
            text.AppendLine($"    {account.UserName,-11} {account.Role,-13} {account.DisplayName} {account.SchoolName}");
        }
    }
}
