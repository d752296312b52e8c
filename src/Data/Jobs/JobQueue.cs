using Microsoft.EntityFrameworkCore;

namespace Classroom.Data;

/// <summary>
/// The queue of background work: rows of the database, claimed under a lease by any number of workers on any number of machines.
/// Every call may be repeated: it does once what it says.
/// </summary>
public sealed class JobQueue(IClassroomDbFactory databases, TimeProvider time)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(15);

    private const string Cancelled = "Cancelled.";

    private readonly JobClaim _claim = new(databases, time);
    private readonly JobBell _bell = new();

    /// <summary>Completes when something is next queued in this process. Take it before <see cref="ClaimAsync"/>, so that nothing falls in between.</summary>
    public Task Queued => _bell.Next;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>A new job for a caller who saves it in a transaction of his own, and calls <see cref="Announce"/> after it.</summary>
    public Job NewJob(string kind, string subjectId, string payloadJson = "{}", int priority = 0) => new()
    {
        Kind = kind,
        SubjectId = subjectId,
        PayloadJson = payloadJson,
        Priority = priority,
        CreatedAt = Now,
        RunAfter = Now,
    };

    /// <summary>A job was committed: workers of this process look at once.</summary>
    public void Announce() => _bell.Ring();

    /// <summary>The job that waits or runs for this subject; null when there is none.</summary>
    public static Task<Job?> FindActiveAsync(ClassroomDb db, string kind, string subjectId, CancellationToken cancellationToken = default) =>
        db.Jobs.AsNoTracking().FirstOrDefaultAsync(
            job => job.Kind == kind && job.SubjectId == subjectId && (job.State == JobState.Queued || job.State == JobState.Running), cancellationToken);

    public async Task<Job?> FindAsync(string jobId, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        return await db.Jobs.AsNoTracking().FirstOrDefaultAsync(job => job.Id == jobId, cancellationToken);
    }

    /// <summary>Adds work, unless the same work already waits or runs.</summary>
    /// <param name="priority">Higher first; 10 when somebody waits for it, 0 for batches.</param>
    /// <returns>The id of the new job, or of the one that is already there.</returns>
    public async Task<string> EnqueueAsync(string kind, string subjectId, string payloadJson = "{}", int priority = 0, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        while (true)
        {
            if (await FindActiveAsync(db, kind, subjectId, cancellationToken) is { } active)
            {
                return active.Id;
            }

            var job = NewJob(kind, subjectId, payloadJson, priority);
            db.Jobs.Add(job);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                Announce();
                return job.Id;
            }
            catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
            {
                // Somebody else was first (the unique index on active work): look again. Anything else repeats and surfaces.
                db.ChangeTracker.Clear();
                if (await FindActiveAsync(db, kind, subjectId, cancellationToken) is null)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Takes the next due job, or takes over one whose worker has fallen silent.</summary>
    /// <param name="owner">This worker; unique among all processes.</param>
    /// <param name="lease">How long the worker may be silent before another takes the job; each report renews it.</param>
    /// <returns>The job, now Running and ours; null when nothing is due.</returns>
    public Task<Job?> ClaimAsync(string owner, IReadOnlyCollection<string> kinds, TimeSpan lease, CancellationToken cancellationToken = default) =>
        _claim.TakeAsync(owner, kinds, lease, cancellationToken);

    /// <summary>Shows progress and renews the lease.</summary>
    /// <param name="progress">0 to 1.</param>
    /// <param name="step">What is being done, as a code that pages translate.</param>
    /// <returns>False: stop; the job was cancelled (then call <see cref="FailAsync"/> when stopped) or belongs to somebody else.</returns>
    public async Task<bool> ReportAsync(string jobId, string owner, double progress, string? step = null, int? secondsLeft = null, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        var seconds = await Held(db, jobId, owner).Select(job => (int?)job.LeaseSeconds).FirstOrDefaultAsync(cancellationToken);
        if (seconds is null)
        {
            return false;
        }

        var until = Now + TimeSpan.FromSeconds(seconds.Value);
        var reported = await Held(db, jobId, owner).Where(job => !job.CancelRequested).ExecuteUpdateAsync(
            set => set
                .SetProperty(job => job.Progress, Math.Clamp(progress, 0, 1))
                .SetProperty(job => job.Step, step)
                .SetProperty(job => job.SecondsLeft, secondsLeft)
                .SetProperty(job => job.LeaseUntil, until),
            cancellationToken);
        return reported == 1;
    }

    /// <returns>True when the job is done, also when an earlier call of the same owner did it; false when it belongs to somebody else.</returns>
    public async Task<bool> CompleteAsync(string jobId, string owner, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        var now = Now;
        var changed = await Held(db, jobId, owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(job => job.State, JobState.Done)
                .SetProperty(job => job.Progress, 1)
                .SetProperty(job => job.SecondsLeft, (int?)null)
                .SetProperty(job => job.Error, (string?)null)
                .SetProperty(job => job.ErrorCode, (string?)null)
                .SetProperty(job => job.LeaseUntil, (DateTime?)null)
                .SetProperty(job => job.FinishedAt, now),
            cancellationToken);
        return changed == 1 || await db.Jobs.AnyAsync(job => job.Id == jobId && job.LeaseOwner == owner && job.State == JobState.Done, cancellationToken);
    }

    /// <summary>Gives the job up: Cancelled when that was asked for, queued again after a pause when a retry makes sense, Failed otherwise.</summary>
    /// <param name="error">What went wrong, in plain words.</param>
    /// <param name="code">The error as a code that pages translate.</param>
    /// <returns>The state the job is in now; null when it belongs to somebody else.</returns>
    public async Task<JobState?> FailAsync(string jobId, string owner, string error, JobRetry retry, string? code = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var (isSettled, state) = await TryFailAsync(jobId, owner, error, retry, code, cancellationToken);
            if (isSettled)
            {
                return state;
            }
        }
    }

    /// <summary>Cancels a waiting job at once; asks the worker of a running one to stop.</summary>
    /// <returns>False when there is nothing to cancel.</returns>
    public async Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = Now;
        var waiting = await db.Jobs.Where(job => job.Id == jobId && job.State == JobState.Queued).ExecuteUpdateAsync(
            set => set
                .SetProperty(job => job.State, JobState.Cancelled)
                .SetProperty(job => job.CancelRequested, true)
                .SetProperty(job => job.FinishedAt, now),
            cancellationToken);
        if (waiting > 0)
        {
            var job = await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == jobId, cancellationToken);
            await JobEndings.TellAsync(db, job, JobState.Cancelled, Cancelled, now, cancellationToken);
        }

        var running = await db.Jobs.Where(job => job.Id == jobId && job.State == JobState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.CancelRequested, true), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return waiting + running > 0;
    }

    /// <summary>Queues a failed or cancelled job again, with all its attempts.</summary>
    /// <returns>False when it is in another state, or the same work is already queued anew.</returns>
    public async Task<bool> RetryAsync(string jobId, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var job = await db.Jobs.FirstOrDefaultAsync(
            job => job.Id == jobId && (job.State == JobState.Failed || job.State == JobState.Cancelled), cancellationToken);
        if (job is null || await FindActiveAsync(db, job.Kind, job.SubjectId, cancellationToken) is not null)
        {
            return false;
        }

        (job.State, job.Attempts, job.Progress, job.Step, job.Error, job.ErrorCode) = (JobState.Queued, 0, 0, null, null, null);
        (job.CancelRequested, job.RunAfter, job.FinishedAt, job.LeaseOwner, job.LeaseUntil) = (false, Now, null, null, null);
        await db.SaveChangesAsync(cancellationToken);
        await JobEndings.TellRetryAsync(db, job, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Announce();
        return true;
    }

    private async Task<(bool IsSettled, JobState? State)> TryFailAsync(string jobId, string owner, string error, JobRetry retry, string? code, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var job = await Held(db, jobId, owner).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (job is null)
        {
            return (true, null);
        }

        var now = Now;
        var next = job switch
        {
            { CancelRequested: true } => JobState.Cancelled,
            _ when retry == JobRetry.Always || (retry == JobRetry.Few && job.Attempts < job.MaxAttempts) => JobState.Queued,
            _ => JobState.Failed,
        };
        var changed = await Held(db, jobId, owner).Where(held => held.CancelRequested == job.CancelRequested).ExecuteUpdateAsync(
            set => set
                .SetProperty(held => held.State, next)
                .SetProperty(held => held.Error, error)
                .SetProperty(held => held.ErrorCode, code)
                .SetProperty(held => held.SecondsLeft, (int?)null)
                .SetProperty(held => held.LeaseOwner, (string?)null)
                .SetProperty(held => held.LeaseUntil, (DateTime?)null)
                .SetProperty(held => held.Attempts, retry == JobRetry.Always ? job.Attempts - 1 : job.Attempts)
                .SetProperty(held => held.RunAfter, now + (retry == JobRetry.Always ? OutagePause : PauseAfter(job.Attempts)))
                .SetProperty(held => held.FinishedAt, next == JobState.Queued ? null : now),
            cancellationToken);
        if (changed != 1)
        {
            // A cancel that came in between is honoured on the second look.
            return (false, null);
        }

        await JobEndings.TellAsync(db, job, next, error, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (true, next);
    }

    private static TimeSpan PauseAfter(int attempts)
    {
        var pause = FirstRetry * Math.Pow(4, Math.Clamp(attempts - 1, 0, 6));
        return pause < LongestRetry ? pause : LongestRetry;
    }

    private static IQueryable<Job> Held(ClassroomDb db, string jobId, string owner) =>
        db.Jobs.Where(job => job.Id == jobId && job.LeaseOwner == owner && job.State == JobState.Running);
}
