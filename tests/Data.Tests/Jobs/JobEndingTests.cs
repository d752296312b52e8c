using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Data.Tests.Jobs;

public sealed class SqliteJobEndingTests() : JobEndingTests(TestProvider.Sqlite);

public sealed class PostgresJobEndingTests() : JobEndingTests(TestProvider.Postgres);

/// <summary>What a job works on never waits for a job that has ended.</summary>
public abstract class JobEndingTests(TestProvider provider) : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly string[] Kinds = [JobKinds.RenderCourse, JobKinds.FinishRecording];

    private readonly ManualTime _time = new();
    private TestDatabase _database = null!;
    private JobQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(provider);
        _queue = new JobQueue(_database, _time);
        await using var db = _database.Create();
        var author = new Account { UserName = "editor", DisplayName = "编辑", Role = AccountRole.Editor };
        db.Accounts.Add(author);
        db.MicroCourses.Add(new MicroCourse { Id = "c1", Title = "微课", AuthorAccountId = author.Id, State = CourseState.Rendering });
        db.Lessons.Add(new Lesson { Id = "l1", Title = "分数", State = LessonState.Ended });
        db.Recordings.Add(new Recording { LessonId = "l1", State = RecordingState.Finishing });
        await db.SaveChangesAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_render_cancelled_while_it_waits_gives_the_draft_back()
    {
        var id = await _queue.EnqueueAsync(JobKinds.RenderCourse, "c1", cancellationToken: Cancel);

        await _queue.CancelAsync(id, Cancel);

        Assert.Equal(CourseState.Draft, await CourseStateAsync());
    }

    [Fact]
    public async Task A_render_whose_worker_dies_each_time_makes_the_course_failed()
    {
        await _queue.EnqueueAsync(JobKinds.RenderCourse, "c1", cancellationToken: Cancel);
        await DieAsync(3);

        Assert.Null(await _queue.ClaimAsync("w", Kinds, Lease, Cancel));
        Assert.Equal(CourseState.Failed, await CourseStateAsync());
    }

    [Fact]
    public async Task A_cancelled_render_whose_worker_died_gives_the_draft_back()
    {
        var id = await _queue.EnqueueAsync(JobKinds.RenderCourse, "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
        await _queue.CancelAsync(id, Cancel);
        Assert.Equal(CourseState.Rendering, await CourseStateAsync());
        _time.Advance(Lease + TimeSpan.FromSeconds(1));

        Assert.Null(await _queue.ClaimAsync("other", Kinds, Lease, Cancel));
        Assert.Equal(CourseState.Draft, await CourseStateAsync());
    }

    [Fact]
    public async Task A_course_goes_on_rendering_while_attempts_are_left_and_fails_with_the_last()
    {
        var id = await _queue.EnqueueAsync(JobKinds.RenderCourse, "c1", cancellationToken: Cancel);
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
        await _queue.FailAsync(id, "w", "The disk is full.", JobRetry.Few, cancellationToken: Cancel);
        Assert.Equal(CourseState.Rendering, await CourseStateAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        await _queue.ClaimAsync("w", Kinds, Lease, Cancel);
        await _queue.FailAsync(id, "w", "The file is not a film.", JobRetry.Never, cancellationToken: Cancel);

        Assert.Equal(CourseState.Failed, await CourseStateAsync());
    }

    [Fact]
    public async Task A_retried_render_shows_at_once()
    {
        var id = await _queue.EnqueueAsync(JobKinds.RenderCourse, "c1", cancellationToken: Cancel);
        await _queue.CancelAsync(id, Cancel);

        Assert.True(await _queue.RetryAsync(id, Cancel));

        Assert.Equal(CourseState.Rendering, await CourseStateAsync());
    }

    [Fact]
    public async Task A_published_course_is_left_alone_by_an_old_job()
    {
        var id = await _queue.EnqueueAsync(JobKinds.RenderCourse, "c1", cancellationToken: Cancel);
        await using (var db = _database.Create())
        {
            await db.MicroCourses.ExecuteUpdateAsync(set => set.SetProperty(course => course.State, CourseState.Published), Cancel);
        }

        await _queue.CancelAsync(id, Cancel);

        Assert.Equal(CourseState.Published, await CourseStateAsync());
    }

    [Fact]
    public async Task A_recording_that_is_given_up_says_why_and_can_be_tried_again()
    {
        var id = await _queue.EnqueueAsync(JobKinds.FinishRecording, "l1", cancellationToken: Cancel);
        await DieAsync(3);
        Assert.Null(await _queue.ClaimAsync("w", Kinds, Lease, Cancel));
        var failed = await RecordingAsync();
        Assert.Equal((RecordingState.Failed, "The worker stopped answering, at every attempt."), (failed.State, failed.Error));

        await _queue.RetryAsync(id, Cancel);

        var again = await RecordingAsync();
        Assert.Equal((RecordingState.Finishing, null), (again.State, again.Error));
    }

    private async Task DieAsync(int times)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            Assert.NotNull(await _queue.ClaimAsync("w", Kinds, Lease, Cancel));
            _time.Advance(Lease + TimeSpan.FromSeconds(1));
        }
    }

    private async Task<CourseState> CourseStateAsync()
    {
        await using var db = _database.Create();
        return await db.MicroCourses.Select(course => course.State).SingleAsync(Cancel);
    }

    private async Task<Recording> RecordingAsync()
    {
        await using var db = _database.Create();
        return await db.Recordings.AsNoTracking().SingleAsync(Cancel);
    }
}
