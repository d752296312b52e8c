using System.Text.Json.Serialization;
using Classroom.Data;
using Classroom.Data.Secrets;
using Classroom.Server.Configuration;
using Classroom.Server.Health;
using Classroom.Server.Http;
using Classroom.Server.Logging;
using Classroom.Server.Metrics;
using Classroom.Server.StartUp;
using Classroom.Server.Tls;
using Microsoft.AspNetCore.Authorization;
using Serilog;

namespace Classroom.Server;

/// <summary>Puts the parts together: what is registered, in which order a request passes, what is mapped.</summary>
public static class ClassroomServer
{
    /// <summary>Builds the server; nothing listens and nothing is migrated yet.</summary>
    public static WebApplication Build(ServerOptions options)
    {
        SecretFile.CreateFolder(options.DataFolder);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Logging.ClearProviders().AddSerilog(ServerLogging.Create(options), dispose: true);
        builder.WebHost.ConfigureKestrel(kestrel => Listeners.Configure(kestrel, options));
        AddServices(builder.Services, options);
        var app = builder.Build();
        Map(app, options);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddClassroomData(options.Database, options.SqliteFile);
        services.AddAuthentication();

        // Deny by default, also in a process without pages; signalling's own policy is stricter and comes after.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddFeatures(options);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        services.AddClientFileCompression();
        services.AddTrustedProxies(options);
        services.AddServerMetrics();
        services.AddSingleton<IReadyCheck, DatabaseCheck>();
        services.AddSingleton<IReadyCheck, StartCheck>();
    }

    private static void Map(WebApplication app, ServerOptions options)
    {
        app.UseForwardedHeaders();
        app.UseTraceHeader();
        app.UseHttpMetrics();
        app.UseErrorReplies();
        app.UseSecurityHeaders();
        app.UseClientFileCompression();
        app.UseWebClientFiles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapHealth();
        app.MapMetrics(options);
        app.MapLocalAuthorityRoot(options);
        app.MapFeatures(options);
        app.MapWebClient();
    }
}
