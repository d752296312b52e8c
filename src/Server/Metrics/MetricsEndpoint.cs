using System.Net;
using System.Security.Cryptography;
using System.Text;
using Classroom.Server.Configuration;

namespace Classroom.Server.Metrics;

/// <summary>/metrics in Prometheus text, for this machine or for whoever carries the token.</summary>
internal static class MetricsEndpoint
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void AddServerMetrics(this IServiceCollection services)
    {
        services.AddSingleton<HttpMetrics>();
        services.AddSingleton<IMetricSource>(provider => provider.GetRequiredService<HttpMetrics>());
        services.AddSingleton<IMetricSource, ProcessMetrics>();
        services.AddSingleton<IMetricSource, JobMetrics>();
    }

    public static void UseHttpMetrics(this IApplicationBuilder app)
    {
        var metrics = app.ApplicationServices.GetRequiredService<HttpMetrics>();
        app.Use(next => context => metrics.ObserveAsync(context, next));
    }

    public static void MapMetrics(this IEndpointRouteBuilder app, ServerOptions options) =>
        app.MapGet("/metrics", (HttpContext context, IEnumerable<IMetricSource> sources) => ReplyAsync(context, options, sources)).AllowAnonymous();

    private static async Task<IResult> ReplyAsync(HttpContext context, ServerOptions options, IEnumerable<IMetricSource> sources)
    {
        if (!MayRead(context, options.MetricsToken))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var text = new MetricsText();
        foreach (var source in sources)
        {
            await source.WriteAsync(text, context.RequestAborted);
        }

        return Results.Text(text.ToString(), ContentType);
    }

    private static bool MayRead(HttpContext context, string? token)
    {
        if (!string.IsNullOrEmpty(token))
        {
            var given = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
            return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes("Bearer " + token));
        }

        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
    }
}
