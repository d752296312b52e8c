using Classroom.Data;
using Classroom.Signaling.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Lessons;

/// <summary>Once a second: opens lessons before their bell, and lets the open ones look at the time.</summary>
internal sealed partial class LessonClock(IClassroomDbFactory databases, LessonRooms rooms, TimeProvider time, IOptions<SignalingOptions> options, ILogger<LessonClock> logger)
    : BackgroundService
{
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var soon = now + options.Value.OpensBefore;
        await using (var db = databases.Create())
        {
            var due = await db.Lessons
                .Where(lesson => lesson.State == LessonState.Planned && ((lesson.PlannedStart <= soon && lesson.PlannedEnd > now) || lesson.IsAlwaysOpen))
                .Select(lesson => lesson.Id)
                .ToListAsync(cancellationToken);
            foreach (var id in due)
            {
                await rooms.OpenAsync(id, cancellationToken);
            }
        }

        await rooms.TickAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.TickFailed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The lesson clock missed a beat.")]
        public static partial void TickFailed(ILogger logger, Exception exception);
    }
}
