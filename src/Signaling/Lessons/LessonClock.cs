using Classroom.Data;
using Classroom.Signaling.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Lessons;

/// <summary>
/// Opens lessons before their bell, and lets the open ones look at the time once a second. The plans are read when the next
/// lesson is due, when a plan was changed here, and every few seconds for plans that another process changed.
/// </summary>
internal sealed partial class LessonClock(IClassroomDbFactory databases, LessonRooms rooms, TimeProvider time, IOptions<SignalingOptions> options, ILogger<LessonClock> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);
    private long _lookAt;

    /// <summary>A plan was changed: it is read at the next beat.</summary>
    public void PlanChanged() => Interlocked.Exchange(ref _lookAt, 0);

    /// <summary>Opens what is due, and rings in the open lessons.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        await OpenDueAsync(cancellationToken);
        await rooms.TickAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await (time.GetUtcNow().Ticks >= Interlocked.Read(ref _lookAt) ? TickAsync(stoppingToken) : rooms.TickAsync(stoppingToken));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.TickFailed(logger, exception);
            }
        }
    }

    private async Task OpenDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var soon = now + options.Value.OpensBefore;
        var horizon = soon + LookAgain;

        // Written before reading: a plan that is changed meanwhile sets it back.
        Interlocked.Exchange(ref _lookAt, (now + LookAgain).Ticks);
        await using var db = databases.Create();
        var planned = await db.Lessons
            .Where(lesson => lesson.State == LessonState.Planned && ((lesson.PlannedStart <= horizon && lesson.PlannedEnd > now) || lesson.IsAlwaysOpen))
            .Select(lesson => new { lesson.Id, lesson.IsAlwaysOpen, lesson.PlannedStart })
            .ToListAsync(cancellationToken);
        foreach (var lesson in planned)
        {
            if (lesson.IsAlwaysOpen || lesson.PlannedStart <= soon)
            {
                await rooms.OpenAsync(lesson.Id, cancellationToken);
            }
            else
            {
                LookBy(lesson.PlannedStart - options.Value.OpensBefore);
            }
        }
    }

    private void LookBy(DateTime moment)
    {
        var current = Interlocked.Read(ref _lookAt);
        if (moment.Ticks < current)
        {
            // Lost only to a changed plan, which looks sooner still.
            Interlocked.CompareExchange(ref _lookAt, moment.Ticks, current);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The lesson clock missed a beat.")]
        public static partial void TickFailed(ILogger logger, Exception exception);
    }
}
