namespace Classroom.Server.Http;

/// <summary>Headers that tell the browser what our pages never do.</summary>
internal static class SecurityHeaders
{
    // Styles are inlined by the component kit; pictures and films are made in the page (blob:) or fetched from us.
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; " +
        "connect-src 'self' ws: wss: blob:; worker-src 'self' blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; ";

    // No page is shown in another one, but for the one that is made for it.
    private const string NeverFramed = ContentPolicy + "frame-ancestors 'none'";
    private const string FramedAnywhere = ContentPolicy + "frame-ancestors *";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (IsMadeForFrames(context.Request.Path))
        {
            headers.ContentSecurityPolicy = FramedAnywhere;
        }
        else
        {
            headers.XFrameOptions = "DENY";
            headers.ContentSecurityPolicy = NeverFramed;
        }

        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(self), geolocation=()";
        return next(context);
    });

    // /embed/{id}, and nothing below it. A frame of another site brings no session along: the cookie is SameSite.
    private static bool IsMadeForFrames(PathString path) =>
        path.StartsWithSegments("/embed", StringComparison.Ordinal, out var rest) && rest.Value is { Length: > 1 } id && id.LastIndexOf('/') == 0;
}
