using Classroom.Recorder.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;

namespace Classroom.Recorder.Links;

/// <summary>Streams an object through from a remote store, whole or one range of it (RFC 9110 §14).</summary>
internal sealed class StoredMediaResult(IObjectStore store, StoredObject item, string contentType) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = contentType;
        response.Headers.ETag = item.ETag;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.LastModified = item.ModifiedAt.ToString("R");
        if (httpContext.Request.Headers.IfNoneMatch.Contains(item.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (Wanted(httpContext.Request) is not { } range)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{item.Length}";
            return;
        }

        if (range.IsPart)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {range.From}-{range.From + range.Length - 1}/{item.Length}";
        }

        response.ContentLength = range.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method) && range.Length > 0)
        {
            await CopyAsync(httpContext, range);
        }
    }

    private async Task CopyAsync(HttpContext http, ByteSpan range)
    {
        await using var source = await store.OpenReadAsync(item.Key, range.From, range.IsPart ? range.Length : null, http.RequestAborted)
            ?? throw new StoreException($"{item.Key} vanished from the store.");
        await StreamCopyOperation.CopyToAsync(source, http.Response.Body, range.Length, http.RequestAborted);
    }

    // Several ranges in one request are answered with the whole object, which RFC 9110 §14.2 allows.
    private ByteSpan? Wanted(HttpRequest request)
    {
        var whole = new ByteSpan(0, item.Length, IsPart: false);
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header) || header.Unit != "bytes" || header.Ranges.Count != 1)
        {
            return whole;
        }

        var range = header.Ranges.First();
        var from = range.From ?? Math.Max(0, item.Length - range.To!.Value);
        var to = range.From is null ? item.Length - 1 : Math.Min(range.To ?? long.MaxValue, item.Length - 1);
        return from <= to ? new ByteSpan(from, to - from + 1, IsPart: true) : null;
    }

    private sealed record ByteSpan(long From, long Length, bool IsPart);
}
