using Classroom.Server.Configuration;

namespace Classroom.Server.Tls;

/// <summary>Serves the root of the local authority, so that a device can be made to trust it.</summary>
internal static class RootEndpoint
{
    public static void MapLocalAuthorityRoot(this IEndpointRouteBuilder app, ServerOptions options)
    {
        var authority = new LocalAuthority(options.SecretsFolder, TimeProvider.System);
        app.MapGet("/ca.crt", () => options.TlsCertificate is null && File.Exists(authority.RootFile)
            ? Results.File(authority.RootFile, "application/x-x509-ca-cert", "classroom-ca.crt")
            : Results.NotFound()).AllowAnonymous();
    }
}
