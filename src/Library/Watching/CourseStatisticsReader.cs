using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Classroom.Library.Questions;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Watching;

/// <summary>How a film is watched: by whom nobody is told, only by how many.</summary>
internal sealed class CourseStatisticsReader(ClassroomDb db, CourseLoader loader, AnswerDesk answers, TimeProvider time)
{
    /// <summary>Share of a film after which it counts as watched to its end.</summary>
    public const double Completed = 0.9;

    private const int Points = 100;
    private const int Days = 60;

    public async Task<Reply<CourseStatistics>> ReadAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, (one, row) => CourseRights.MaySeeDraft(one, row) || one.Is(AccountRole.Supervisor), cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        var seconds = (int)(((course.Rendition?.DurationMs ?? 0) + 999) / 1000);
        var (viewers, completed, sum) = (0, 0, 0L);
        var counts = new int[Points];
        var maps = db.CourseWatches.AsNoTracking().Where(watch => watch.MicroCourseId == id).Select(watch => new { watch.Seconds, watch.WatchedSeconds });
        await foreach (var watch in maps.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            viewers++;
            sum += watch.WatchedSeconds;
            completed += watch.WatchedSeconds >= seconds * Completed ? 1 : 0;
            for (var point = 0; point < Points; point++)
            {
                counts[point] += SecondMap.Has(watch.Seconds, (int)((long)point * seconds / Points)) ? 1 : 0;
            }
        }

        var since = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-Days);
        var days = await db.CourseWatchDays.Where(day => day.MicroCourseId == id && day.Day > since)
            .GroupBy(day => day.Day).Select(group => new DayCount(group.Key, group.Sum(day => day.Seconds), group.Count()))
            .ToListAsync(cancellationToken);
        return new CourseStatistics(
            course.Title, course.Rendition?.DurationMs ?? 0, viewers, completed, sum, [.. counts.Select(count => viewers == 0 ? 0 : (double)count / viewers)],
            [.. days.OrderBy(day => day.Day)], await answers.CountsAsync(course, cancellationToken));
    }
}
