using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Classroom.Library.Statements;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Watching;

/// <summary>
/// Takes in what players report. A second of a film counts once for a viewer, and nobody learns faster than twice the time that passed
/// since the last report, whatever a page says.
/// </summary>
internal sealed class WatchLog(ClassroomDb db, StatementWriter statements, TimeProvider time)
{
    private const int MostParts = 60;
    private const int MostMoves = 60;
    private const int LongestSession = 64;
    private const int FastestSpeed = 2;

    /// <summary>Moves in a second.</summary>
    private const int FastestHand = 4;
    private const int Tries = 6;

    // A player reports every fifteen seconds; the first report, and one after a lost line, may be later.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    public async Task<Reply<bool>> ReportAsync(string id, WatchReport report, Caller caller, CancellationToken cancellationToken)
    {
        if (Check(report) is { } problem)
        {
            return problem;
        }

        var film = await db.MicroCourses.Where(course => course.Id == id && course.State == CourseState.Published && course.Rendition != null)
            .Select(course => new Film(course.Id, course.Title, course.Rendition!.DurationMs)).FirstOrDefaultAsync(cancellationToken);
        if (film is null)
        {
            return Problems.CourseNotFound;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteAsync(film, report, caller, cancellationToken);
                return true;
            }
            catch (DbUpdateException) when (attempt < Tries && !cancellationToken.IsCancellationRequested)
            {
                // A second page of the same viewer was first.
                db.ChangeTracker.Clear();
            }
        }
    }

    private static ApiProblem? Check(WatchReport report)
    {
        if (report.Parts is not { Length: <= MostParts } parts || report.PositionMs < 0 || parts.Any(part => part is null))
        {
            return Problems.Invalid([new ApiProblemField("parts", $"At most {MostParts} parts, within the film.")]);
        }

        return report.Session?.Length > LongestSession || report.Moves?.Length > MostMoves || report.Moves?.Any(move => move is null || !Enum.IsDefined(move.Kind)) == true
            ? Problems.Invalid([new ApiProblemField("moves", $"At most {MostMoves} moves of a player, in a session of at most {LongestSession} characters.")])
            : null;
    }

    private async Task WriteAsync(Film film, WatchReport report, Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var watch = await db.CourseWatches.FirstOrDefaultAsync(row => row.MicroCourseId == film.Id && row.AccountId == caller.AccountId, cancellationToken);
        var passed = watch is null || now - watch.LastAt > LongestPause ? LongestPause : now - watch.LastAt;
        watch ??= db.CourseWatches.Add(new CourseWatch { MicroCourseId = film.Id, AccountId = caller.AccountId, FirstAt = now }).Entity;
        var before = watch.WatchedSeconds;
        var added = Learn(watch, report.Parts, film, passed);
        (watch.PositionMs, watch.LastAt) = (Math.Min(report.PositionMs, film.DurationMs), now);
        watch.Version++;
        await CountDayAsync(film.Id, caller.AccountId, DateOnly.FromDateTime(now), added, cancellationToken);
        await TellAsync(film, watch, before, report, passed, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>Seconds that were watched for the first time.</returns>
    private static int Learn(CourseWatch watch, WatchedPart[] parts, Film film, TimeSpan passed)
    {
        var most = (int)((passed + Slack).TotalSeconds * FastestSpeed);
        byte[] map = [.. watch.Seconds];
        var added = 0;
        foreach (var part in parts)
        {
            added += SecondMap.Add(ref map, part.FromMs, part.ToMs, film.Seconds, most - added);
        }

        (watch.Seconds, watch.WatchedSeconds) = (map, SecondMap.Count(map));
        return added;
    }

    private async Task TellAsync(Film film, CourseWatch watch, int before, WatchReport report, TimeSpan passed, CancellationToken cancellationToken)
    {
        var viewing = new Viewing(watch.AccountId, film.Id, film.Title, film.DurationMs, report.Session ?? "", watch.Seconds);
        if (report.Moves is { Length: > 0 } moves)
        {
            // What no hand can do in that time is left out.
            var most = (int)Math.Ceiling(passed.TotalSeconds * FastestHand);
            await statements.AddMovesAsync(viewing, moves.Take(most), cancellationToken);
        }

        var enough = film.Seconds * CourseStatisticsReader.Completed;
        if (before < enough && watch.WatchedSeconds >= enough)
        {
            await statements.AddCompletedAsync(viewing, report.PositionMs, cancellationToken);
        }
    }

    private async Task CountDayAsync(string id, string accountId, DateOnly today, int added, CancellationToken cancellationToken)
    {
        var day = await db.CourseWatchDays.FirstOrDefaultAsync(row => row.MicroCourseId == id && row.AccountId == accountId && row.Day == today, cancellationToken);
        day ??= db.CourseWatchDays.Add(new CourseWatchDay { MicroCourseId = id, AccountId = accountId, Day = today }).Entity;
        day.Seconds += added;
    }

    private sealed record Film(string Id, string Title, long DurationMs)
    {
        public int Seconds => (int)((DurationMs + 999) / 1000);
    }
}
