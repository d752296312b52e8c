using Classroom.Recorder.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Classroom.Recorder.Archives;

/// <summary>Streams an archive with its length; what cannot be finished is cut off, so that nobody takes half an archive for a whole one.</summary>
internal sealed partial class SeatArchiveResult(SeatArchive archive) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var named = new ContentDispositionHeaderValue("attachment");
        named.SetHttpFileName(archive.Name);
        response.ContentType = "application/zip";
        response.ContentLength = archive.Content.Length;
        response.Headers.ContentDisposition = named.ToString();
        response.Headers.CacheControl = "private, no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        try
        {
            await archive.Content.WriteAsync(response.Body, httpContext.RequestAborted);
        }
        catch (Exception error) when (error is StoreException or IOException && !httpContext.RequestAborted.IsCancellationRequested)
        {
            Log.CutOff(httpContext.RequestServices.GetRequiredService<ILogger<SeatArchiveResult>>(), archive.Name, error);
            httpContext.Abort();
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The archive {Name} is cut off: a file of it could not be read to its end.")]
        public static partial void CutOff(ILogger logger, string name, Exception error);
    }
}
