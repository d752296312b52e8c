using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Data;

/// <summary>Hands each due job to exactly one worker.</summary>
internal sealed class JobClaim(IClassroomDbFactory databases, TimeProvider time)
{
    private const string WorkerDied = "The worker stopped answering, at every attempt.";

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
        var dead = await silent.AsNoTracking().Where(job => job.CancelRequested || job.Attempts >= job.MaxAttempts).ToListAsync(cancellationToken);
        foreach (var job in dead)
        {
            var (end, error) = job.CancelRequested ? (JobState.Cancelled, job.Error ?? "Cancelled.") : (JobState.Failed, WorkerDied);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var changed = await silent.Where(row => row.Id == job.Id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, end)
                    .SetProperty(row => row.Error, error)
                    .SetProperty(row => row.ErrorCode, job.CancelRequested ? null : "worker_died")
                    .SetProperty(row => row.LeaseUntil, (DateTime?)null)
                    .SetProperty(row => row.FinishedAt, now),
                cancellationToken);
            if (changed == 1)
            {
                await JobEndings.TellAsync(db, job, end, error, now, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
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
