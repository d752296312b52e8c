using System.Net;
using Classroom.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Classroom.Server.Http;

/// <summary>Believes X-Forwarded-For and -Proto from the named proxies only: addresses count in rate limits and logs.</summary>
internal static class TrustedProxies
{
    public static void AddTrustedProxies(this IServiceCollection services, ServerOptions options) => services.Configure<ForwardedHeadersOptions>(forwarded =>
    {
        forwarded.ForwardedHeaders = options.TrustedProxies.Length > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var address in options.TrustedProxies)
        {
            forwarded.KnownProxies.Add(IPAddress.Parse(address));
        }
    });
}
