using Classroom.Data.Http;
using Classroom.Recorder.Links;
using Classroom.Recorder.Store;
using Microsoft.AspNetCore.Http;

namespace Classroom.Recorder.Archives;

/// <summary>GET and HEAD /media/{ticket}/seats.{language}.zip: below the signed path of a recording, and as long as that is valid.</summary>
internal static class SeatArchiveEndpoint
{
    public static async Task<IResult> Get(string ticket, string language, MediaLinks links, SeatArchives archives, CancellationToken cancellationToken)
    {
        if (links.KeyOf(ticket, $"seats.{language}.zip") is not { } key)
        {
            return MediaEndpoint.Expired;
        }

        try
        {
            return ArchiveWords.Known.TryGetValue(language, out var words) && key.Split('/') is ["recordings", var lessonId, _]
                && await archives.FindAsync(lessonId, words, cancellationToken) is { } archive
                ? new SeatArchiveResult(archive)
                : MediaEndpoint.NotFound;
        }
        catch (StoreException)
        {
            return MediaEndpoint.StoreAway;
        }
    }
}
