using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Classroom.Signaling.Whip;

/// <summary>The HTTP side of WHIP: headers, cross-origin rules and bounded bodies.</summary>
internal static class WhipHeaders
{
    /// <summary>Players live on other sites, and a bearer token is what lets them in: any origin may ask.</summary>
    public static ValueTask<object?> AddAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Location, ETag, Link, Accept-Patch, Retry-After, WWW-Authenticate";
        return next(context);
    }

    public static IResult Options(HttpContext context, string methods)
    {
        var headers = context.Response.Headers;
        headers.Allow = methods;
        headers.AccessControlAllowMethods = methods;
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, If-Match";
        headers.AccessControlMaxAge = "86400";
        headers["Accept-Post"] = "application/sdp";
        return Results.NoContent();
    }

    public static void AddSession(HttpResponse response, WhipSession session, IceServer[] servers)
    {
        var root = session.Kind == TransportKind.Publish ? "whip" : "whep";
        response.Headers.Location = $"/{root}/sessions/{session.Id}";
        response.Headers.ETag = $"\"{session.ETag}\"";
        response.Headers["Accept-Patch"] = "application/trickle-ice-sdpfrag";
        response.Headers.Link = new([.. servers.SelectMany(server => server.Urls.Select(url => ToLink(url, server)))]);
    }

    public static bool HasContent(HttpRequest request, string type) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var given) && given.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the body is longer than the limit.</summary>
    public static async Task<string?> ReadBodyAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // One byte more tells a body that is too long from one that just fits. The limit would be an array of 128 KB for a
        // description of three.
        var expected = (int)(request.ContentLength ?? limit) + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(expected);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, expected), expected, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
            return length > limit ? null : Encoding.UTF8.GetString(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>An entity tag for an ICE session, from its own description.</summary>
    public static string TagOf(string fragment) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fragment)).AsSpan(0, 8));

    private static string ToLink(string url, IceServer server) => server.Username is null
        ? $"<{url}>; rel=\"ice-server\""
        : $"<{url}>; rel=\"ice-server\"; username=\"{server.Username}\"; credential=\"{server.Credential}\"; credential-type=\"password\"";
}
