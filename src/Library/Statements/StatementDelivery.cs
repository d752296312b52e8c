using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Statements;

/// <summary>Looks every ten seconds whether statements are due, where a learning record store is configured.</summary>
internal sealed partial class StatementDelivery(StatementSender sender, IOptions<LibraryOptions> options, TimeProvider time, ILogger<StatementDelivery> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.XapiEndpoint is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await sender.SendDueAsync(stoppingToken) == StatementSender.MostAtOnce)
                {
                    // As long as whole batches are taken there may be more.
                }

                await sender.TidyAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.Failed(logger, error);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Sending statements failed; it goes on in a moment.")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
