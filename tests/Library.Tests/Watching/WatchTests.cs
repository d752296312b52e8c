using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Watching;

public sealed class SqliteWatchTests() : WatchTests(TestProvider.Sqlite);

public sealed class PostgresWatchTests() : WatchTests(TestProvider.Postgres);

/// <summary>A film of twenty seconds.</summary>
public abstract class WatchTests(TestProvider provider) : IAsyncLifetime
{
    private const string Report = "/api/courses/course/watched";

    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        await using var db = _world.Database.Create();
        WorldRows.AddPublished(db, "course", "方程的意义", _world.Time.UtcNow, points: "p-equation");
        WorldRows.AddPublished(db, "unpublished", "草稿", _world.Time.UtcNow).State = CourseState.InReview;
        db.Accounts.Add(new Account { Id = "far-pupil", UserName = "far-pupil", DisplayName = "远方", Role = AccountRole.Student, SchoolId = "songtao", CreatedAt = _world.Time.UtcNow });
        db.Accounts.Add(new Account { Id = "supervisor", UserName = "supervisor", DisplayName = "督导", Role = AccountRole.Supervisor, RegionId = "region", CreatedAt = _world.Time.UtcNow });
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_second_of_a_film_counts_once_for_a_viewer_however_often_it_is_played()
    {
        await WatchAsync("student", (0, 10_000));
        _world.Time.Advance(TimeSpan.FromSeconds(15));
        await WatchAsync("student", (0, 10_000), (4_000, 12_000));
        await WatchAsync("far-pupil", (0, 5_000));

        var statistics = await StatisticsAsync();
        Assert.Equal((2, 17), (statistics.Viewers, statistics.Seconds));
        Assert.Equal(17, Assert.Single(statistics.Days).Seconds);
        Assert.Equal([1, 1, 0.5, 0.5, 0], new[] { 0, 24, 25, 59, 60 }.Select(point => statistics.Retention[point]));
    }

    [Fact]
    public async Task Nobody_learns_faster_than_twice_the_time_that_passed()
    {
        await WatchAsync("student", (0, 1_000));
        _world.Time.Advance(TimeSpan.FromSeconds(1));

        await WatchAsync("student", (0, 20_000));

        Assert.Equal(13, (await StatisticsAsync()).Seconds);
    }

    [Fact]
    public async Task Reports_of_two_pages_at_once_are_both_counted_and_none_twice()
    {
        await WatchAsync("student", (0, 1_000));
        _world.Time.Advance(TimeSpan.FromSeconds(30));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() =>
            _world.As("student").StatusAsync(HttpMethod.Post, Report, new WatchReport(0, [new WatchedPart(2_000 + (i % 2 * 2_000), 6_000)])))));

        Assert.All(statuses, status => Assert.Equal(204, status));
        Assert.Equal(5, (await StatisticsAsync()).Seconds);
    }

    [Fact]
    public async Task A_viewer_goes_on_where_the_film_was_left_on_any_device()
    {
        await _world.As("student").StatusAsync(HttpMethod.Post, Report, new WatchReport(12_345, []));

        Assert.Equal(12_345, (await _world.As("student").GetAsync<CoursePlay>("/api/courses/course/play")).ResumeMs);
        Assert.Equal(0, (await _world.As("teacher").GetAsync<CoursePlay>("/api/courses/course/play")).ResumeMs);
    }

    [Theory]
    [InlineData("unpublished", 0, 0, 404)]
    [InlineData("nothing", 0, 0, 404)]
    [InlineData("course", -1, 0, 400)]
    [InlineData("course", 0, 61, 400)]
    public async Task Reports_that_make_no_sense_are_refused(string id, long positionMs, int parts, int status)
    {
        var report = new WatchReport(positionMs, [.. Enumerable.Repeat(new WatchedPart(0, 1000), parts)]);

        Assert.Equal(status, await _world.As("student").StatusAsync(HttpMethod.Post, $"/api/courses/{id}/watched", report));
        Assert.Equal(0, await _world.ReadAsync(db => db.CourseWatches.CountAsync()));
    }

    [Fact]
    public async Task Parts_outside_the_film_count_nothing()
    {
        await WatchAsync("student", (-5_000, 1_000), (19_000, 99_000), (8_000, 3_000), (long.MaxValue - 1000, long.MaxValue - 600));

        Assert.Equal(2, (await StatisticsAsync()).Seconds);
    }

    [Fact]
    public async Task What_was_learned_is_told_by_school_subject_and_day()
    {
        await WatchAsync("student", (0, 10_000));
        await WatchAsync("far-pupil", (0, 4_000));

        var learned = await _world.As("supervisor").GetAsync<LearningStatistics>("/api/statistics");
        Assert.Equal((14, 2), (learned.Seconds, learned.People));
        Assert.Equal(["园区星海小学 10 1", "松桃实验小学 4 1"], learned.Schools.Select(row => $"{row.Name} {row.Seconds} {row.People}"));
        Assert.Equal("数学 14 2 1", string.Join(',', learned.Subjects.Select(row => $"{row.Name} {row.Seconds} {row.People} {row.Courses}")));
        Assert.Equal(14, Assert.Single(learned.Days).Seconds);
        Assert.Contains("园区星海小学,0,1,1", await _world.As("admin").GetTextAsync("/api/statistics.csv"), StringComparison.Ordinal);
        Assert.Equal(101, (await _world.As("editor").GetTextAsync("/api/courses/course/statistics.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Statistics_are_for_those_whose_work_they_are()
    {
        foreach (var (account, own, all) in new[] { ("student", 403, 403), ("other-teacher", 403, 403), ("teacher", 403, 403), ("editor", 200, 403), ("reviewer", 200, 200), ("supervisor", 200, 200), ("admin", 200, 200) })
        {
            Assert.Equal(own, await _world.As(account).StatusAsync(HttpMethod.Get, "/api/courses/course/statistics"));
            Assert.Equal(all, await _world.As(account).StatusAsync(HttpMethod.Get, "/api/statistics"));
            Assert.Equal(all, await _world.As(account).StatusAsync(HttpMethod.Get, "/api/statistics.csv?by=subject"));
        }

        Assert.Equal(400, await _world.As("admin").StatusAsync(HttpMethod.Get, "/api/statistics?from=2026-02-01&to=2026-01-01"));
    }

    [Fact]
    public async Task Notes_are_private()
    {
        var notes = await _world.As("student").PostAsync<NoteInfo[]>("/api/courses/course/notes", new NoteAdd(3_000, "移项要变号"));

        Assert.Equal((3_000, "移项要变号"), (Assert.Single(notes).AtMs, notes[0].Text));
        foreach (var account in new[] { "far-pupil", "teacher", "editor", "admin" })
        {
            Assert.Empty(await _world.As(account).GetAsync<NoteInfo[]>("/api/courses/course/notes"));
            Assert.Equal(404, await _world.As(account).StatusAsync(HttpMethod.Delete, $"/api/courses/course/notes/{notes[0].Id}"));
        }

        Assert.Equal(200, await _world.As("student").StatusAsync(HttpMethod.Delete, $"/api/courses/course/notes/{notes[0].Id}"));
        Assert.Equal(404, await _world.As("student").StatusAsync(HttpMethod.Post, "/api/courses/unpublished/notes", new NoteAdd(0, "x")));
    }

    private Task<CourseStatistics> StatisticsAsync() => _world.As("editor").GetAsync<CourseStatistics>("/api/courses/course/statistics");

    private async Task WatchAsync(string account, params (long From, long To)[] parts) => Assert.Equal(
        204, await _world.As(account).StatusAsync(HttpMethod.Post, Report, new WatchReport(0, [.. parts.Select(part => new WatchedPart(part.From, part.To))])));
}
