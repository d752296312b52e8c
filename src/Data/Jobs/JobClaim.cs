using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Data;

/// <summary>Hands each due job to exactly one worker.</summary>
internal sealed class JobClaim(IClassroomDbFactory databases, TimeProvider time)
{
    public async Task<Job?> TakeAsync(string owner, IReadOnlyCollection<string> kinds, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var now = time.GetUtcNow().UtcDateTime;

        // Idle workers only read: on SQLite a statement that may write waits for the writer.
        if (!await Due(db, now).AnyAsync(job => kinds.Contains(job.Kind), cancellationToken))
        {
            return null;
        }

        await BuryAsync(db, now, cancellationToken);
        var claimed = await db.Jobs.FromSqlRaw(Sql(db, kinds.Count), [owner, now + lease, (int)lease.TotalSeconds, now, .. kinds])
            .AsNoTracking().ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    private static IQueryable<Job> Due(ClassroomDb db, DateTime now) => db.Jobs.Where(
        job => (job.State == JobState.Queued && job.RunAfter <= now) || (job.State == JobState.Running && job.LeaseUntil < now));

    /// <summary>Ends the jobs of silent workers that nobody is to take over: cancelled ones, and ones that took their worker with them each time.</summary>
    private static async Task BuryAsync(ClassroomDb db, DateTime now, CancellationToken cancellationToken)
    {
        var silent = db.Jobs.Where(job => job.State == JobState.Running && job.LeaseUntil < now);
        await silent.Where(job => job.CancelRequested).ExecuteUpdateAsync(
            set => set
                .SetProperty(job => job.State, JobState.Cancelled)
                .SetProperty(job => job.LeaseUntil, (DateTime?)null)
                .SetProperty(job => job.FinishedAt, now),
            cancellationToken);
        await silent.Where(job => job.Attempts >= job.MaxAttempts).ExecuteUpdateAsync(
            set => set
                .SetProperty(job => job.State, JobState.Failed)
                .SetProperty(job => job.Error, "The worker stopped answering, at every attempt.")
                .SetProperty(job => job.LeaseUntil, (DateTime?)null)
                .SetProperty(job => job.FinishedAt, now),
            cancellationToken);
    }

    /// <summary>One statement, so that choosing and taking cannot be torn apart. SQLite has one writer at a time; PostgreSQL steps over rows that others are taking.</summary>
    private static string Sql(ClassroomDb db, int kindCount)
    {
        var kinds = string.Join(", ", Enumerable.Range(4, kindCount).Select(index => string.Create(CultureInfo.InvariantCulture, $"{{{index}}}")));
        var locking = db.Database.IsSqlite() ? "" : "FOR UPDATE SKIP LOCKED";
        return $$"""
            UPDATE "Jobs"
            SET "State" = 'Running', "LeaseOwner" = {0}, "LeaseUntil" = {1}, "LeaseSeconds" = {2}, "Attempts" = "Attempts" + 1,
                "Progress" = 0, "Step" = NULL, "SecondsLeft" = NULL
            WHERE "Id" = (
                SELECT "Id" FROM "Jobs"
                WHERE "Kind" IN ({{kinds}})
                  AND (("State" = 'Queued' AND "RunAfter" <= {3}) OR ("State" = 'Running' AND "LeaseUntil" < {3}))
                ORDER BY "Priority" DESC, "RunAfter", "Id"
                LIMIT 1 {{locking}})
            RETURNING *
            """;
    }
}
