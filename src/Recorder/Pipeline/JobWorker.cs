using Classroom.Data;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline;

/// <summary>Takes jobs from the queue and does them, as many at a time as the options say.</summary>
internal sealed partial class JobWorker(JobQueue queue, IEnumerable<IJobHandler> handlers, IOptions<RecorderOptions> options, TimeProvider time, ILogger<JobWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // What this process queues is taken at once; this is for the queue of others, for pauses that are over and for workers that fell silent.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind);
    private readonly string _workFolder = Path.GetFullPath(Path.Combine(options.Value.SpoolFolder, "work"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await SweepAsync(stoppingToken);
        var workers = options.Value.Workers;
        string[] quick = [.. _handlers.Values.Where(handler => handler.IsQuick).Select(handler => handler.Kind)];
        var loops = Enumerable.Repeat<IReadOnlyCollection<string>>(_handlers.Keys, workers);
        await Task.WhenAll((workers > 0 && quick.Length > 0 ? loops.Append(quick) : loops)
            .Select(kinds => Task.Run(() => LoopAsync($"{Environment.MachineName}-{Ids.New()}", kinds, stoppingToken), stoppingToken)));
    }

    // What killed workers have left of jobs that nobody takes up again: cancelled meanwhile, or given up.
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var folder in Directory.Exists(_workFolder) ? Directory.GetDirectories(_workFolder) : [])
            {
                if (await queue.FindAsync(Path.GetFileName(folder), cancellationToken) is not { State: JobState.Queued or JobState.Running })
                {
                    Clear(folder);
                }
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The next start tries again.
            Log.SweepFailed(logger, error);
        }
    }

    private async Task LoopAsync(string owner, IReadOnlyCollection<string> kinds, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var queued = queue.Queued;
            try
            {
                if (await RunNextAsync(owner, kinds, stoppingToken))
                {
                    continue;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.QueueFailed(logger, error);
            }

            await queued.WaitAsync(LookAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False when nothing is due.</returns>
    internal Task<bool> RunNextAsync(string owner, CancellationToken stoppingToken) => RunNextAsync(owner, _handlers.Keys, stoppingToken);

    private async Task<bool> RunNextAsync(string owner, IReadOnlyCollection<string> kinds, CancellationToken stoppingToken)
    {
        if (await queue.ClaimAsync(owner, kinds, Lease, stoppingToken) is not { } job)
        {
            return false;
        }

        var handler = _handlers[job.Kind];
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var progress = new JobProgress(time);
        var reporting = ReportAsync(job, owner, progress, cancel);
        var folder = Path.Combine(_workFolder, job.Id);
        try
        {
            Clear(folder);
            Directory.CreateDirectory(folder);
            await handler.RunAsync(new JobContext(job, folder, progress.Set), cancel.Token);

            // Before it is done: a worker that is killed in between does it again, and nothing stays behind.
            Clear(folder);
            await queue.CompleteAsync(job.Id, owner, CancellationToken.None);
            Log.Done(logger, job.Kind, job.SubjectId, progress.Elapsed.TotalSeconds);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await queue.FailAsync(job.Id, owner, "The server was stopped.", JobRetry.Always, cancellationToken: CancellationToken.None);
        }
        catch (Exception error)
        {
            await FailAsync(job, owner, error);
        }
        finally
        {
            await cancel.CancelAsync();
            await reporting;
            Clear(folder);
        }

        return true;
    }

    private async Task FailAsync(Job job, string owner, Exception error)
    {
        var (message, retry, code) = error switch
        {
            OperationCanceledException => ("Cancelled.", JobRetry.Never, null),
            PipelineException known => (known.Message, known.Retry ? JobRetry.Few : JobRetry.Never, known.Code),
            StoreException store => (store.Message, JobRetry.Always, "store_refused"),
            HttpIOException cut => ($"The store was cut off: {cut.Message}", JobRetry.Always, "store_refused"),
            IOException disk => ($"The disk refused: {disk.Message}", JobRetry.Few, "disk_refused"),
            _ => ($"Something unexpected went wrong: {error.Message}", JobRetry.Few, "unexpected"),
        };
        Log.Failed(logger, error, job.Kind, job.SubjectId);
        await queue.FailAsync(job.Id, owner, message, retry, code, CancellationToken.None);
    }

    // Each report renews the lease; a refused one means that the job was cancelled or taken over.
    private async Task ReportAsync(Job job, string owner, JobProgress progress, CancellationTokenSource cancel)
    {
        using var timer = new PeriodicTimer(ReportEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel.Token))
            {
                if (!await queue.ReportAsync(job.Id, owner, progress.Value, progress.Step, progress.SecondsLeft, cancel.Token))
                {
                    await cancel.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The job has ended.
        }
        catch (Exception error)
        {
            Log.QueueFailed(logger, error);
        }
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Kind} of {SubjectId} done in {Seconds:0.0} s.")]
        public static partial void Done(ILogger logger, string kind, string subjectId, double seconds);

        [LoggerMessage(2, LogLevel.Warning, "{Kind} of {SubjectId} failed.")]
        public static partial void Failed(ILogger logger, Exception error, string kind, string subjectId);

        [LoggerMessage(3, LogLevel.Error, "The job queue did not answer.")]
        public static partial void QueueFailed(ILogger logger, Exception error);

        [LoggerMessage(4, LogLevel.Warning, "What killed workers have left could not be cleared away.")]
        public static partial void SweepFailed(ILogger logger, Exception error);
    }
}
