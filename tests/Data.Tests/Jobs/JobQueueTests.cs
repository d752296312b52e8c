using Classroom.TestKit;

namespace Classroom.Data.Tests.Jobs;

public sealed class SqliteJobQueueTests() : JobQueueTests(TestProvider.Sqlite);

public sealed class PostgresJobQueueTests() : JobQueueTests(TestProvider.Postgres);

public abstract class JobQueueTests(TestProvider provider) : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly string[] Kinds = ["render-course", "finish-recording"];

    private readonly ManualTime _time = new();
    private TestDatabase _database = null!;
    private JobQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(provider);
        _queue = new JobQueue(_database, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Asking_twice_for_the_same_work_gives_the_same_job()
    {
        var first = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        var second = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        var other = await _queue.EnqueueAsync("render-course", "c2", cancellationToken: Cancel);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Requests_that_race_for_the_same_work_share_one_job()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel), Cancel)));

        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Work_that_is_done_can_be_asked_for_again()
    {
        var first = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
        Assert.True(await _queue.CompleteAsync(first, "w", Cancel));

        Assert.NotEqual(first, await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel));
    }

    [Fact]
    public async Task Higher_priority_goes_first_then_the_oldest()
    {
        await _queue.EnqueueAsync("finish-recording", "old", cancellationToken: Cancel);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _queue.EnqueueAsync("finish-recording", "new", cancellationToken: Cancel);
        await _queue.EnqueueAsync("render-course", "urgent", priority: 10, cancellationToken: Cancel);

        Assert.Equal("urgent", (await _queue.ClaimAsync("w", Kinds, Lease, Cancel))!.SubjectId);
        Assert.Equal("old", (await _queue.ClaimAsync("w", Kinds, Lease, Cancel))!.SubjectId);
        Assert.Equal("new", (await _queue.ClaimAsync("w", Kinds, Lease, Cancel))!.SubjectId);
        Assert.Null(await _queue.ClaimAsync("w", Kinds, Lease, Cancel));
    }

    [Fact]
    public async Task A_worker_gets_only_the_kinds_it_knows()
    {
        await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);

        Assert.Null(await _queue.ClaimAsync("w", ["finish-recording"], Lease, Cancel));
    }

    [Fact]
    public async Task Concurrent_workers_never_get_the_same_job()
    {
        for (var i = 0; i < 60; i++)
        {
            await _queue.EnqueueAsync("render-course", $"c{i}", cancellationToken: Cancel);
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => DrainAsync($"w{worker}"), Cancel)));

        var ids = taken.SelectMany(ids => ids).ToList();
        Assert.Equal(60, ids.Count);
        Assert.Equal(60, ids.Distinct().Count());

        async Task<List<string>> DrainAsync(string owner)
        {
            var mine = new List<string>();
            var misses = 0;

            // Skipping locked rows may come back empty while others are taking theirs.
            while (misses < 5)
            {
                if (await _queue.ClaimAsync(owner, Kinds, Lease, Cancel) is { } job)
                {
                    mine.Add(job.Id);
                    continue;
                }

                misses++;
            }

            return mine;
        }
    }

    [Fact]
    public async Task Progress_is_seen_by_others_and_renews_the_lease()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.True(await _queue.ReportAsync(id, "w", 0.4, "encode", 90, Cancel));

        var job = (await _queue.FindAsync(id, Cancel))!;
        Assert.Equal((0.4, "encode", 90), (job.Progress, job.Step, job.SecondsLeft));
        Assert.Equal(_time.UtcNow + Lease, job.LeaseUntil);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(await _queue.ClaimAsync("other", Kinds, Lease, Cancel));
    }

    [Fact]
    public async Task A_silent_worker_loses_its_job_to_another()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("dead", Kinds, Lease, Cancel);
        _time.Advance(Lease + TimeSpan.FromSeconds(1));

        var taken = await _queue.ClaimAsync("alive", Kinds, Lease, Cancel);

        Assert.Equal((id, 2), (taken!.Id, taken.Attempts));
        Assert.False(await _queue.ReportAsync(id, "dead", 0.9, cancellationToken: Cancel));
        Assert.False(await _queue.CompleteAsync(id, "dead", Cancel));
        Assert.Null(await _queue.FailAsync(id, "dead", "late", JobRetry.Few, cancellationToken: Cancel));
        Assert.True(await _queue.CompleteAsync(id, "alive", Cancel));
        Assert.True(await _queue.CompleteAsync(id, "alive", Cancel));
    }

    [Fact]
    public async Task A_failed_attempt_is_tried_again_after_a_growing_pause_until_attempts_are_used_up()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        foreach (var pause in new[] { 10, 40 })
        {
            await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
            Assert.Equal(JobState.Queued, await _queue.FailAsync(id, "w", "The disk is full.", JobRetry.Few, cancellationToken: Cancel));
            _time.Advance(TimeSpan.FromSeconds(pause - 1));
            Assert.Null(await _queue.ClaimAsync("w", Kinds, Lease, Cancel));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
        Assert.Equal(JobState.Failed, await _queue.FailAsync(id, "w", "The disk is full.", JobRetry.Few, cancellationToken: Cancel));
        Assert.Equal("The disk is full.", (await _queue.FindAsync(id, Cancel))!.Error);
    }

    [Fact]
    public async Task What_is_not_the_fault_of_the_job_costs_it_no_attempt()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        for (var minute = 0; minute < 60; minute++)
        {
            await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
            Assert.Equal(JobState.Queued, await _queue.FailAsync(id, "w", "The store is away.", JobRetry.Always, "store_refused", Cancel));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, (await _queue.ClaimAsync("w", Kinds, Lease, Cancel))!.Attempts);
    }

    [Fact]
    public async Task An_error_that_a_retry_cannot_mend_fails_at_once()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);

        Assert.Equal(JobState.Failed, await _queue.FailAsync(id, "w", "The file is not a film.", JobRetry.Never, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_job_that_kills_its_worker_each_time_is_failed()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.NotNull(await _queue.ClaimAsync("w", Kinds, Lease, Cancel));
            _time.Advance(Lease + TimeSpan.FromSeconds(1));
        }

        Assert.Null(await _queue.ClaimAsync("w", Kinds, Lease, Cancel));
        Assert.Equal(JobState.Failed, (await _queue.FindAsync(id, Cancel))!.State);
    }

    [Fact]
    public async Task Cancelling_a_waiting_job_ends_it_at_once()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);

        Assert.True(await _queue.CancelAsync(id, Cancel));

        Assert.Equal(JobState.Cancelled, (await _queue.FindAsync(id, Cancel))!.State);
        Assert.Null(await _queue.ClaimAsync("w", Kinds, Lease, Cancel));
        Assert.False(await _queue.CancelAsync(id, Cancel));
    }

    [Fact]
    public async Task Cancelling_a_running_job_stops_its_worker_at_the_next_report()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);

        Assert.True(await _queue.CancelAsync(id, Cancel));

        Assert.False(await _queue.ReportAsync(id, "w", 0.5, cancellationToken: Cancel));
        Assert.Equal(JobState.Cancelled, await _queue.FailAsync(id, "w", "Cancelled.", JobRetry.Few, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_cancelled_job_whose_worker_died_is_not_taken_over()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
        await _queue.CancelAsync(id, Cancel);
        _time.Advance(Lease + TimeSpan.FromSeconds(1));

        Assert.Null(await _queue.ClaimAsync("other", Kinds, Lease, Cancel));
        Assert.Equal(JobState.Cancelled, (await _queue.FindAsync(id, Cancel))!.State);
    }

    [Fact]
    public async Task A_failed_job_can_be_retried_with_all_its_attempts()
    {
        var id = await _queue.EnqueueAsync("render-course", "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
        await _queue.FailAsync(id, "w", "The file is not a film.", JobRetry.Never, cancellationToken: Cancel);

        Assert.True(await _queue.RetryAsync(id, Cancel));
        Assert.False(await _queue.RetryAsync(id, Cancel));

        var again = (await _queue.ClaimAsync("w", Kinds, Lease, Cancel))!;
        Assert.Equal((id, 1, null), (again.Id, again.Attempts, again.Error));
    }
}
