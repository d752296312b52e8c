using System.Net;
using System.Net.Sockets;

namespace Classroom.Server.Configuration;

/// <summary>What keys demand of each other.</summary>
internal static class ServerOptionsRules
{
    public static IEnumerable<string> Check(ServerOptions options) =>
        [.. Roles(options), .. Tls(options), .. Store(options), .. Turn(options), .. Statements(options), .. Network(options), .. Time(options)];

    private static IEnumerable<string> Roles(ServerOptions options)
    {
        if (options.Roles == ServerRoles.None)
        {
            yield return "CLASSROOM_ROLES: at least one of web, media, worker.";
        }

        if (options.Has(ServerRoles.Web) != options.Has(ServerRoles.Media))
        {
            yield return "CLASSROOM_ROLES: web and media must be in the same process for now.";
        }

        if (!options.Has(ServerRoles.Worker) || !options.Has(ServerRoles.Web))
        {
            // Processes that share the work share what they work on.
            if (string.IsNullOrEmpty(options.Database))
            {
                yield return "CLASSROOM_DATABASE: PostgreSQL is required when the roles are split over processes.";
            }
        }
    }

    private static IEnumerable<string> Tls(ServerOptions options)
    {
        if (string.IsNullOrEmpty(options.TlsCertificate) != string.IsNullOrEmpty(options.TlsKey))
        {
            yield return "CLASSROOM_TLS_CERT and CLASSROOM_TLS_KEY: set both or none.";
        }

        if (options.TlsCertificate is { Length: > 0 } certificate && !File.Exists(certificate))
        {
            yield return $"CLASSROOM_TLS_CERT: there is no file '{certificate}'.";
        }

        if (options.TlsKey is { Length: > 0 } key && !File.Exists(key))
        {
            yield return $"CLASSROOM_TLS_KEY: there is no file '{key}'.";
        }
    }

    private static IEnumerable<string> Store(ServerOptions options)
    {
        if (options.S3Endpoint is not null && string.IsNullOrEmpty(options.S3AccessKey))
        {
            yield return "CLASSROOM_S3_ACCESS_KEY: required with CLASSROOM_S3_ENDPOINT.";
        }

        if (options.S3Endpoint is not null && string.IsNullOrEmpty(options.S3SecretKey))
        {
            yield return "CLASSROOM_S3_SECRET_KEY: required with CLASSROOM_S3_ENDPOINT.";
        }
    }

    private static IEnumerable<string> Turn(ServerOptions options)
    {
        if (options.TurnUrls.Length > 0 && string.IsNullOrEmpty(options.TurnSecret))
        {
            yield return "CLASSROOM_TURN_SECRET: required with CLASSROOM_TURN_URLS.";
        }

        foreach (var url in options.TurnUrls.Where(url => !url.StartsWith("turn:", StringComparison.Ordinal) && !url.StartsWith("turns:", StringComparison.Ordinal)))
        {
            yield return $"CLASSROOM_TURN_URLS: '{url}' does not start with turn: or turns:.";
        }
    }

    private static IEnumerable<string> Statements(ServerOptions options)
    {
        if (options.XapiEndpoint is null)
        {
            yield break;
        }

        if (string.IsNullOrEmpty(options.XapiKey))
        {
            yield return "CLASSROOM_XAPI_KEY: required with CLASSROOM_XAPI_ENDPOINT.";
        }

        if (string.IsNullOrEmpty(options.XapiSecret))
        {
            yield return "CLASSROOM_XAPI_SECRET: required with CLASSROOM_XAPI_ENDPOINT.";
        }
    }

    private static IEnumerable<string> Network(ServerOptions options)
    {
        foreach (var address in options.PublicAddresses.Where(address => !IPAddress.TryParse(address, out _)))
        {
            yield return $"CLASSROOM_PUBLIC_IP: '{address}' is not an IP address.";
        }

        foreach (var address in options.PublicAddresses.Where(address => IPAddress.TryParse(address, out var ip) && !CanBeReached(ip)))
        {
            yield return $"CLASSROOM_PUBLIC_IP: nobody can reach '{address}': give the address that browsers send to.";
        }

        foreach (var address in options.TrustedProxies.Where(address => !IPAddress.TryParse(address, out _)))
        {
            yield return $"CLASSROOM_TRUSTED_PROXIES: '{address}' is not an IP address.";
        }

        if (options.HttpPort != 0 && options.HttpPort == options.HttpsPort)
        {
            yield return "CLASSROOM_HTTP_PORT and CLASSROOM_HTTPS_PORT: must differ.";
        }
    }

    // Browsers want plain addresses: no wildcard, no group, nothing that needs the name of an interface, no IPv4 inside IPv6.
    private static bool CanBeReached(IPAddress address) =>
        !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.Broadcast)
        && !address.IsIPv6Multicast && !address.IsIPv6LinkLocal && !address.IsIPv4MappedToIPv6
        && !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and <= 239);

    private static IEnumerable<string> Time(ServerOptions options)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
        {
            yield return $"CLASSROOM_TIME_ZONE: this machine does not know '{options.TimeZone}' (package tzdata).";
        }
    }
}
