using System.Text.Json;
using Classroom.Recorder.Matroska;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Capture;

/// <summary>At start-up: files that a killed process left behind are cut to their last whole cluster and get their true length.</summary>
internal sealed partial class SpoolRecovery(string spoolFolder, RecordingRows rows, ILogger logger)
{
    /// <returns>Lessons that are still live, with the id of the gap that their restart made.</returns>
    public async Task<Dictionary<string, string>> RunAsync(CancellationToken cancellationToken)
    {
        await AddMissingRowsAsync(cancellationToken);
        var interrupted = new HashSet<string>();
        foreach (var track in await rows.CapturingAsync(cancellationToken))
        {
            var path = Path.Combine(spoolFolder, track.SpoolFile ?? "");
            var duration = File.Exists(path) ? MatroskaFinisher.Finish(path) : null;
            Log.Repaired(logger, track.Id, duration ?? 0);
            await rows.CloseTrackAsync(track.Id, duration, duration is null ? 0 : new FileInfo(path).Length, cancellationToken);
            interrupted.Add(track.LessonId);
        }

        var gaps = new Dictionary<string, string>();
        foreach (var lessonId in interrupted)
        {
            if (await rows.IsLiveAsync(lessonId, cancellationToken))
            {
                var end = await rows.EndOfAsync(lessonId, cancellationToken);
                gaps[lessonId] = await rows.AddGapAsync(lessonId, null, end, end, "restart", cancellationToken);
            }
        }

        return gaps;
    }

    // A process killed between opening a file and adding its row leaves the header beside the file.
    private async Task AddMissingRowsAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(spoolFolder))
        {
            return;
        }

        foreach (var log in Directory.EnumerateFiles(spoolFolder, "*.json", SearchOption.AllDirectories))
        {
            try
            {
                using var reader = new StreamReader(log);
                if (JsonSerializer.Deserialize<CaptureHeader>(await reader.ReadLineAsync(cancellationToken) ?? "", CaptureJson.Options) is { Seat: not null } header
                    && !await rows.IsDeletedAsync(header.Seat.LessonId, cancellationToken)
                    && await rows.BeginAsync(header.Seat.LessonId, DateTime.UnixEpoch, onlyIfMissing: true, cancellationToken))
                {
                    await rows.OpenTrackAsync(header, cancellationToken);
                }
            }
            catch (JsonException)
            {
                Log.Unreadable(logger, log);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Track {TrackId} was not closed; {DurationMs} ms of it are kept.")]
        public static partial void Repaired(ILogger logger, string trackId, long durationMs);

        [LoggerMessage(2, LogLevel.Warning, "{Path} has no readable first line; its track is not recovered by it.")]
        public static partial void Unreadable(ILogger logger, string path);
    }
}
