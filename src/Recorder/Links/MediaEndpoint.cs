using Classroom.Data.Http;
using Classroom.Recorder.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Classroom.Recorder.Links;

/// <summary>GET and HEAD /media/{ticket}/{path}: the ticket is the right, so the page that plays needs no cookie.</summary>
internal static class MediaEndpoint
{
    public static async Task<IResult> Get(string ticket, string path, HttpContext http, MediaLinks links, IObjectStore store, CancellationToken cancellationToken)
    {
        if (links.KeyOf(ticket, path) is not { } key)
        {
            return ApiProblem.Forbidden("link_expired", "This link has expired. Open the page again.");
        }

        if (MediaTypes.Of(key) is not { } type || await store.HeadAsync(key, cancellationToken) is not { } item)
        {
            return ApiProblem.NotFound("media_not_found", "This file does not exist (any more).");
        }

        // Playlists may be replaced; segments and films never change under their key.
        http.Response.Headers.CacheControl = key.EndsWith(".m3u8", StringComparison.Ordinal) ? "private, no-cache" : "private, max-age=86400, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var tag = EntityTagHeaderValue.Parse(item.ETag);
        return store.LocalPath(key) is { } file
            ? Results.File(file, type, lastModified: item.ModifiedAt, entityTag: tag, enableRangeProcessing: true)
            : new StoredMediaResult(store, item, type);
    }
}
