using Classroom.Data.Http;
using Classroom.Recorder.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Classroom.Recorder.Links;

/// <summary>GET and HEAD /media/{ticket}/{path}: the ticket is the right, so the page that plays needs no cookie.</summary>
internal static class MediaEndpoint
{
    private const string RetryAfterSeconds = "5";

    public static IResult Expired => ApiProblem.Forbidden("link_expired", "This link has expired. Open the page again.");

    public static IResult NotFound => ApiProblem.NotFound("media_not_found", "This file does not exist (any more).");

    public static IResult StoreAway => ApiProblem.Unavailable("store_away", "The store does not answer at the moment. Please try again soon.");

    public static async Task<IResult> Get(string ticket, string path, HttpContext http, MediaLinks links, IObjectStore store, CancellationToken cancellationToken)
    {
        if (links.KeyOf(ticket, path) is not { } key)
        {
            return Expired;
        }

        try
        {
            return MediaTypes.Of(key) is { } type && await store.HeadAsync(key, cancellationToken) is { } item
                ? Send(item, type, http, store)
                : NotFound;
        }
        catch (StoreException)
        {
            // Players ask again.
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            return StoreAway;
        }
    }

    private static IResult Send(StoredObject item, string type, HttpContext http, IObjectStore store)
    {
        // Playlists may be replaced; segments and films never change under their key.
        http.Response.Headers.CacheControl = item.Key.EndsWith(".m3u8", StringComparison.Ordinal) ? "private, no-cache" : "private, max-age=86400, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var tag = EntityTagHeaderValue.Parse(item.ETag);
        return store.LocalPath(item.Key) is { } file
            ? Results.File(file, type, lastModified: item.ModifiedAt, entityTag: tag, enableRangeProcessing: true)
            : new StoredMediaResult(store, item, type);
    }
}
