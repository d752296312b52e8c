using Classroom.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Retention;

/// <summary>Every hour: applies the rules, goes on with deletions that were interrupted, measures the store.</summary>
internal sealed partial class RetentionSweep(IClassroomDbFactory databases, DeletionOrders orders, StorageMeter meter, TimeProvider time, ILogger<RetentionSweep> logger) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Of each kind and hour: a rule that clears years leaves the workers to others in between.</summary>
    private const int MostAtOnce = 200;

    /// <returns>How much was ordered to be deleted.</returns>
    public async Task<int> ApplyAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var (due, _, _) = await RetentionPlan.DueAsync(db, time.GetUtcNow().UtcDateTime, MostAtOnce, cancellationToken);
        var ordered = 0;
        foreach (var item in due)
        {
            var order = DeletionOrder.ByRule(item.Days);
            var outcome = item.Kind is RetentionKind.MicroCourse
                ? await orders.CourseAsync(item.Id, order, cancellationToken)
                : await orders.RecordingAsync(item.Id, order, cancellationToken);
            ordered += outcome is DeletionOutcome.Ordered ? 1 : 0;
        }

        return ordered;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(First, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = Every;
            await TryAsync(orders.ResumeAsync, stoppingToken);
            await TryAsync(async cancel => Log.Ordered(logger, await ApplyAsync(cancel)), stoppingToken);
            await TryAsync(meter.MeasureRecordingsAsync, stoppingToken);
            await TryAsync(meter.MeasureDayAsync, stoppingToken);
        }
    }

    // A store that is away must not keep the rules from being applied; all of it is tried again within the hour.
    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.Failed(logger, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The rules of keeping have {Count} things deleted.")]
        private static partial void OrderedSome(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "A step of keeping and deleting failed; it is tried again within the hour.")]
        public static partial void Failed(ILogger logger, Exception error);

        public static void Ordered(ILogger logger, int count)
        {
            if (count > 0)
            {
                OrderedSome(logger, count);
            }
        }
    }
}
