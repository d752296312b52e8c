using System.Data.Common;
using Classroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Library.Search;

/// <summary>Puts published courses that the shelf does not know onto it, beside the first requests: after an upgrade, or a restore of an older copy.</summary>
internal sealed partial class ShelfRepair(IClassroomDbFactory databases, ICourseIndex index, TimeProvider time, ILogger<ShelfRepair> logger) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await IsWholeAsync(stoppingToken))
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    /// <returns>False when the database refused, for example because another server put the same courses at the same moment.</returns>
    private async Task<bool> IsWholeAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (int count; (count = await RepairAsync(cancellationToken)) > 0;)
            {
                Log.Repaired(logger, count);
            }

            return true;
        }
        catch (Exception error) when (error is DbException or DbUpdateException)
        {
            Log.Refused(logger, error);
            return false;
        }
    }

    /// <returns>How many were put; 0 when none is missing.</returns>
    private async Task<int> RepairAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var missing = await db.MicroCourses
            .Where(course => course.State == CourseState.Published && !db.CourseShelf.Any(row => row.CourseId == course.Id && row.IsShown))
            .OrderBy(course => course.Id).Select(course => course.Id).Take(Batch).ToListAsync(cancellationToken);
        if (missing.Count > 0)
        {
            await index.RefreshAsync(db, course => EF.Parameter(missing).Contains(course.Id), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return missing.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} published courses were put into the search index.")]
        public static partial void Repaired(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "Published courses could not be put into the search index. It is tried again.")]
        public static partial void Refused(ILogger logger, Exception error);
    }
}
