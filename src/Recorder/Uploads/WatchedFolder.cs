using Classroom.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Uploads;

/// <summary>Takes films out of a folder that an existing recording appliance writes into, once they no longer grow.</summary>
internal sealed partial class WatchedFolder(IClassroomDbFactory databases, UploadFiles uploads, JobQueue queue, IOptions<RecorderOptions> options, TimeProvider time, ILogger<WatchedFolder> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);
    private static readonly string[] Films = [".mp4", ".mkv", ".mov", ".m4v", ".avi", ".ts", ".flv", ".webm", ".wmv", ".mpg"];
    private const int LongestTitle = 100;

    private readonly Dictionary<string, (long Length, DateTime ChangedAt)> _seen = [];

    /// <summary>Takes what has not changed since the last call.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        var films = new DirectoryInfo(options.Value.WatchFolder!).EnumerateFiles().Where(file => Films.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)).ToList();
        foreach (var gone in _seen.Keys.Except(films.Select(file => file.FullName)).ToList())
        {
            _seen.Remove(gone);
        }

        foreach (var film in films)
        {
            var now = (film.Length, film.LastWriteTimeUtc);
            if (film.Length > 0 && _seen.TryGetValue(film.FullName, out var before) && before == now)
            {
                await TakeAsync(film, cancellationToken);
                _seen.Remove(film.FullName);
                taken++;
            }
            else
            {
                _seen[film.FullName] = now;
            }
        }

        return taken;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.Failed(logger, error, options.Value.WatchFolder!);
            }
        }
    }

    // The row first: a kill in between leaves a row whose file never comes, and the film in the folder to be taken again.
    private async Task TakeAsync(FileInfo film, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var title = Path.GetFileNameWithoutExtension(film.Name);
        var upload = new MediaUpload
        {
            Title = title.Length > LongestTitle ? title[..LongestTitle] : title,
            FileName = film.Name,
            Bytes = film.Length,
            State = UploadState.Waiting,
            RecordedAt = film.LastWriteTimeUtc,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        uploads.Create(upload.Id);
        db.MediaUploads.Add(upload);
        await db.SaveChangesAsync(cancellationToken);
        film.MoveTo(uploads.PathOf(upload.Id), overwrite: true);
        await queue.EnqueueAsync(JobKinds.IngestFile, upload.Id, cancellationToken: cancellationToken);
        Log.Taken(logger, film.Name);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{File} was taken out of the watched folder.")]
        public static partial void Taken(ILogger logger, string file);

        [LoggerMessage(2, LogLevel.Warning, "The watched folder {Folder} could not be read; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception error, string folder);
    }
}
