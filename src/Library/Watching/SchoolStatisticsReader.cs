using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Watching;

/// <summary>Minutes learned and people reached, by the school of the viewers and by the subject of the courses.</summary>
internal sealed class SchoolStatisticsReader(ClassroomDb db, CatalogueTrees trees)
{
    private const int LongestDays = 400;

    public async Task<Reply<LearningStatistics>> ReadAsync(DateOnly from, DateOnly to, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Is(AccountRole.Supervisor, AccountRole.Administrator, AccountRole.Reviewer))
        {
            return Problems.NoRight;
        }

        if (to < from || to.DayNumber - from.DayNumber > LongestDays)
        {
            return Problems.Invalid([new Data.Http.ApiProblemField("to", $"At most {LongestDays} days, the last after the first.")]);
        }

        var me = await db.Accounts.AsNoTracking().FirstAsync(account => account.Id == caller.AccountId, cancellationToken);
        var rows = await Rows(from, to, me, caller).ToListAsync(cancellationToken);
        var tree = await trees.GetAsync(db, cancellationToken);
        var days = rows.GroupBy(row => row.Day).OrderBy(group => group.Key).Select(group => new DayCount(group.Key, group.Sum(row => row.Seconds), group.Select(row => row.AccountId).Distinct(StringComparer.Ordinal).Count()));
        return new LearningStatistics(
            rows.Sum(row => (long)row.Seconds), rows.Select(row => row.AccountId).Distinct(StringComparer.Ordinal).Count(),
            Sums(rows, row => row.SchoolName ?? ""), Sums(rows, row => tree.PlaceOf(row.NodeId).Subject ?? ""), [.. days]);
    }

    /// <summary>Supervisors and reviewers of a region see its schools, those of a school their own.</summary>
    private IQueryable<Row> Rows(DateOnly from, DateOnly to, Account me, Caller caller)
    {
        var everything = caller.Is(AccountRole.Administrator);
        var (regionId, schoolId) = everything ? (null, null) : (me.RegionId, me.RegionId is null ? me.SchoolId : null);
        return
            from day in db.CourseWatchDays
            join account in db.Accounts on day.AccountId equals account.Id
            join course in db.MicroCourses on day.MicroCourseId equals course.Id
            where day.Day >= @from && day.Day <= to
            where regionId == null || account.School!.RegionId == regionId
            where schoolId == null || account.SchoolId == schoolId
            select new Row { Day = day.Day, Seconds = day.Seconds, AccountId = day.AccountId, SchoolName = account.School!.Name, NodeId = course.NodeId, CourseId = course.Id };
    }

    private static LearningRow[] Sums(List<Row> rows, Func<Row, string> nameOf) =>
    [
        .. rows.GroupBy(nameOf, StringComparer.Ordinal)
            .Select(group => new LearningRow(
                group.Key, group.Sum(row => (long)row.Seconds), group.Select(row => row.AccountId).Distinct(StringComparer.Ordinal).Count(),
                group.Select(row => row.CourseId).Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(row => row.Seconds).ThenBy(row => row.Name, StringComparer.Ordinal),
    ];

    private sealed class Row
    {
        public DateOnly Day { get; init; }
        public int Seconds { get; init; }
        public required string AccountId { get; init; }
        public string? SchoolName { get; init; }
        public string? NodeId { get; init; }
        public required string CourseId { get; init; }
    }
}
