using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Classroom.Server.Http;

/// <summary>The built web client: hashed assets are kept for a year, pages are asked for each time.</summary>
internal static class WebClientFiles
{
    private static readonly string[] s_serverPaths = ["/api", "/hubs", "/whip", "/whep", "/media", "/healthz", "/readyz", "/metrics"];

    public static void UseWebClientFiles(this IApplicationBuilder app) => app.UseStaticFiles(Options());

    /// <summary>Addresses of the single-page client all answer with its page; unknown addresses of the server stay 404.</summary>
    public static void MapWebClient(this IEndpointRouteBuilder app)
    {
        var files = app.ServiceProvider.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider;
        app.MapFallback(context => ServePageAsync(context, files)).AllowAnonymous();

        // Asked for by browsers whatever the page says.
        app.MapGet("/favicon.ico", () => Results.Redirect("/icon.svg", permanent: true)).AllowAnonymous();
    }

    private static StaticFileOptions Options() => new()
    {
        OnPrepareResponse = context => context.Context.Response.Headers[HeaderNames.CacheControl] =
            context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
    };

    private static async Task ServePageAsync(HttpContext context, IFileProvider files)
    {
        var page = files.GetFileInfo("index.html");
        var isPage = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!page.Exists || !isPage || s_serverPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)) || Path.HasExtension(context.Request.Path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.SendFileAsync(page, context.RequestAborted);
        }
    }
}
