using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Capture;

/// <summary>Work that talks to the database, in the order in which it was given. Anybody may give it, without waiting.</summary>
internal sealed partial class CaptureSteps(ILogger logger)
{
    private readonly Channel<Func<CancellationToken, Task>> _steps = Channel.CreateUnbounded<Func<CancellationToken, Task>>(new() { SingleReader = true });

    public void Post(Func<CancellationToken, Task> step) => _steps.Writer.TryWrite(step);

    /// <summary>Does one after the other until the host stops.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var step in _steps.Reader.ReadAllAsync(stoppingToken))
            {
                await DoAsync(step, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>Does what is left.</summary>
    public async Task FinishAsync()
    {
        while (_steps.Reader.TryRead(out var last))
        {
            await DoAsync(last, CancellationToken.None);
        }
    }

    private async Task DoAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // One lesson's trouble must not end the capture of the others.
            Log.StepFailed(logger, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A step of capture failed.")]
        public static partial void StepFailed(ILogger logger, Exception error);
    }
}
