using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Store;

/// <summary>Creates the bucket at start-up. A store that is away does not keep the server from starting: jobs are tried again.</summary>
internal sealed partial class BucketAtStart(IObjectStore store, ILogger<BucketAtStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store is not S3ObjectStore s3)
        {
            return;
        }

        try
        {
            await s3.CreateBucketAsync(stoppingToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.Unreachable(logger, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The object store could not be reached; recordings stay in the spool until it answers.")]
        public static partial void Unreachable(ILogger logger, Exception error);
    }
}
