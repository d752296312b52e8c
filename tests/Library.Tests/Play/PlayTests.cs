using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Play;

public sealed class SqlitePlayTests() : PlayTests(TestProvider.Sqlite);

public sealed class PostgresPlayTests() : PlayTests(TestProvider.Postgres);

public abstract class PlayTests(TestProvider provider) : IAsyncLifetime
{
    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        await using var db = _world.Database.Create();
        var course = WorldRows.AddPublished(db, "course", "方程的意义", _world.Time.UtcNow, points: "p-equation");
        course.Chapters = [new() { MicroCourseId = "course", AtMs = 0, Title = "引入" }, new() { MicroCourseId = "course", AtMs = 25_000, Title = "behind the end" }];
        WorldRows.AddPublished(db, "sibling", "解方程", _world.Time.UtcNow);
        WorldRows.AddPublished(db, "elsewhere", "函数", _world.Time.UtcNow, "function");
        WorldRows.AddPublished(db, "unpublished", "草稿", _world.Time.UtcNow).State = CourseState.InReview;
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_play_session_gets_links_below_one_ticket_chapters_and_what_comes_next()
    {
        var play = await _world.As("student").GetAsync<CoursePlay>("/api/courses/course/play");

        Assert.Equal(("/media/[courses/course/film/]/", "master.m3u8", "film.mp4"), (play.MediaBase, play.Hls, play.Mp4));
        Assert.Equal(("cover.jpg", "storyboard.vtt", 7200), (play.Cover, play.Storyboard, play.ExpiresInSeconds));
        Assert.Equal("引入", Assert.Single(play.Chapters).Title);
        Assert.Equal("sibling", Assert.Single(play.NextInChapter).Id);
    }

    [Fact]
    public async Task Each_session_leaves_one_row_in_the_access_log()
    {
        await _world.As("student").GetAsync<CoursePlay>("/api/courses/course/play");
        _world.Time.Advance(TimeSpan.FromMinutes(90));
        await _world.As("student").GetAsync<CoursePlay>("/api/courses/course/play");
        await _world.As("teacher").GetAsync<CoursePlay>("/api/courses/course/play");

        var log = await _world.ReadAsync(db => db.AccessLog.OrderBy(entry => entry.AccountId).ToListAsync());
        Assert.Equal([("student", "course", "course"), ("teacher", "course", "course")], log.Select(entry => (entry.AccountId, entry.ObjectKind, entry.ObjectId)));

        _world.Time.Advance(TimeSpan.FromHours(3));
        await _world.As("student").GetAsync<CoursePlay>("/api/courses/course/play");
        Assert.Equal(3, await _world.ReadAsync(db => db.AccessLog.CountAsync()));
    }

    [Theory]
    [InlineData("editor", 200)]
    [InlineData("reviewer", 200)]
    [InlineData("admin", 200)]
    [InlineData("student", 403)]
    [InlineData("other-teacher", 403)]
    [InlineData("nobody", 401)]
    public async Task Before_it_is_published_only_its_people_and_reviewers_see_the_film(string account, int status)
    {
        Assert.Equal(status, await _world.As(account).StatusAsync(HttpMethod.Get, "/api/courses/unpublished/play"));
        Assert.Equal(status == 200 ? 1 : 0, await _world.ReadAsync(db => db.AccessLog.CountAsync()));
    }

    [Fact]
    public async Task Plays_of_published_courses_count_once_a_day_for_each_viewer()
    {
        Assert.Equal(204, await _world.As("student").StatusAsync(HttpMethod.Post, "/api/courses/course/played"));
        Assert.Equal(204, await _world.As("student").StatusAsync(HttpMethod.Post, "/api/courses/course/played"));
        Assert.Equal(204, await _world.As("teacher").StatusAsync(HttpMethod.Post, "/api/courses/course/played"));
        _world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(204, await _world.As("student").StatusAsync(HttpMethod.Post, "/api/courses/course/played"));
        Assert.Equal(404, await _world.As("student").StatusAsync(HttpMethod.Post, "/api/courses/unpublished/played"));

        Assert.Equal(3, (await _world.As("student").GetAsync<CoursePlay>("/api/courses/course/play")).Card.Plays);
    }

    [Fact]
    public async Task A_course_that_does_not_exist_is_said_not_to_exist()
    {
        var refusal = await _world.As("student").RefusalAsync(HttpMethod.Get, "/api/courses/nothing/play");

        Assert.Equal((404, "course_not_found"), (refusal.Status, refusal.Code));
    }
}
