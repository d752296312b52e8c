using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline;

/// <summary>Deletes pieces of films that nobody has rendered for a while: they can be made again.</summary>
internal sealed partial class PieceSweep(IObjectStore store, IOptions<RecorderOptions> options, TimeProvider time, ILogger<PieceSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <returns>How many were deleted.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.Value.PieceDays);
        var old = new List<string>();
        await foreach (var item in store.ListAsync(PieceStore.Root, cancellationToken))
        {
            if (item.ModifiedAt < before)
            {
                old.Add(item.Key);
            }
        }

        foreach (var key in old)
        {
            await store.DeleteAsync(key, cancellationToken);
        }

        return old.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await SweepAsync(stoppingToken) is var count and > 0)
                {
                    Log.Swept(logger, count);
                }
            }
            catch (StoreException error)
            {
                Log.Failed(logger, error);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} old pieces of films deleted.")]
        public static partial void Swept(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "Old pieces of films could not be deleted; tried again later.")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
