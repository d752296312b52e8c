using Classroom.Server.Configuration;
using Classroom.Server.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Classroom.Server.StartUp;

/// <summary>The ports that pages are served on.</summary>
internal static class Listeners
{
    /// <summary>A roster or a session description is far smaller; films are never uploaded this way.</summary>
    private const long LargestBody = 8 << 20;

    public static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.ListenAnyIP(options.HttpPort);
        if (options.HttpsPort >= 0)
        {
            var certificate = ServerCertificate.Load(options, TimeProvider.System);
            kestrel.ListenAnyIP(options.HttpsPort, listen => listen.UseHttps(certificate));
        }
    }
}
