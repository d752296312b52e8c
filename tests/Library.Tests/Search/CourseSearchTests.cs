using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Search;

public sealed class SqliteCourseSearchTests() : CourseSearchTests(TestProvider.Sqlite);

public sealed class PostgresCourseSearchTests() : CourseSearchTests(TestProvider.Postgres);

public abstract class CourseSearchTests(TestProvider provider) : IAsyncLifetime
{
    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        await SearchRows.AddAsync(_world);
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Only_published_courses_are_found()
    {
        await using var db = _world.Database.Create();
        var draft = WorldRows.AddPublished(db, "draft", "函数草稿", _world.Time.UtcNow);
        draft.State = CourseState.Returned;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await _world.IndexAsync();

        Assert.Equal("quadratic linear", await FindAsync("text=函数"));
    }

    [Fact]
    public async Task A_title_that_holds_the_words_goes_before_a_description_that_does()
    {
        await using var db = _world.Database.Create();
        var newest = WorldRows.AddPublished(db, "newest", "坐标系", _world.Time.UtcNow.AddHours(1));
        newest.Description = "为学习函数做准备";
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await _world.IndexAsync();

        Assert.Equal("quadratic linear newest", await FindAsync("text=函数"));
    }

    [Fact]
    public async Task What_is_taken_out_of_the_index_is_no_longer_found_and_what_is_put_again_has_its_new_words()
    {
        await using var db = _world.Database.Create();
        var (linear, quadratic) = (await db.MicroCourses.FindAsync(["linear"], TestContext.Current.CancellationToken), await db.MicroCourses.FindAsync(["quadratic"], TestContext.Current.CancellationToken));
        (linear!.State, quadratic!.Title, quadratic.NodeId, quadratic.Points) = (CourseState.Withdrawn, "抛物线", null, []);
        db.RemoveRange(db.Set<MicroCoursePoint>().Where(link => link.MicroCourseId == "quadratic"));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await _world.WithdrawAsync("linear");
        await _world.IndexAsync();

        Assert.Equal("", await FindAsync("text=函数"));
        Assert.Equal("quadratic", await FindAsync("text=抛物"));
    }

    [Fact]
    public async Task Pages_hold_24_cards_and_do_not_overlap()
    {
        await using var db = _world.Database.Create();
        for (var i = 0; i < 30; i++)
        {
            WorldRows.AddPublished(db, $"many{i:00}", $"小数除法{i}", _world.Time.UtcNow, "equality", type: CourseType.Special);
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await _world.IndexAsync();

        var first = await _world.As("student").GetAsync<CoursePage>("/api/courses?type=Special");
        var second = await _world.As("student").GetAsync<CoursePage>("/api/courses?type=Special&page=2");
        Assert.Equal((30, 24, 24), (first.Total, first.PageSize, first.Cards.Length));
        Assert.Equal(30, first.Cards.Concat(second.Cards).Select(card => card.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_page_of_cards_costs_four_queries_however_many_cards_it_has()
    {
        await using var db = _world.Database.Create();
        for (var i = 0; i < 30; i++)
        {
            WorldRows.AddPublished(db, $"many{i:00}", $"小数除法{i}", _world.Time.UtcNow, "equality", points: ["p-equality", "p-equation"]);
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await _world.IndexAsync();
        await _world.As("student").GetAsync<CoursePage>("/api/courses?node=primary");
        _world.Commands.Take();

        // Who is signed in (of this test's sign-in), the courses of the numbers, the cards, their points.
        Assert.Equal(24, (await _world.As("student").GetAsync<CoursePage>("/api/courses?node=primary")).Cards.Length);
        Assert.Equal(4, _world.Commands.Take());
    }

    // Another server's change is found by its time, and so is what was read a moment ago: that alone must not empty what is kept.
    [Fact]
    public async Task Only_what_another_server_changed_is_news()
    {
        var before = await FindAsync("text=方程");
        var version = _world.Shelf.Version;
        _world.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(before, await FindAsync("text=方程"));
        Assert.Equal(version, _world.Shelf.Version);

        await using var db = _world.Database.Create();
        var row = await db.CourseShelf.SingleAsync(row => row.CourseId == "equation", TestContext.Current.CancellationToken);
        (row.IsShown, row.ChangedAt) = (false, _world.Time.UtcNow);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        _world.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.DoesNotContain("equation", await FindAsync("text=方程"), StringComparison.Ordinal);
        Assert.Equal(version + 1, _world.Shelf.Version);

        // Long after, nothing of it is even read.
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        await FindAsync("text=方程");
        Assert.Equal(version + 1, _world.Shelf.Version);
    }

    [Fact]
    public async Task A_card_shows_where_it_belongs_and_its_cover_by_a_link_to_the_cover_alone()
    {
        var page = await _world.As("student").GetAsync<CoursePage>("/api/courses?point=p-equation");

        var card = Assert.Single(page.Cards);
        Assert.Equal("小学 › 五年级 › 数学 › 简易方程 › 方程的意义", card.NodePath);
        Assert.Equal("/media/[courses/equation/film/cover.jpg]", card.CoverUrl);
        Assert.Equal((20_000, "张老师", "园区星海小学", "方程的辨认"), (card.DurationMs, card.TeacherName, card.SchoolName, Assert.Single(card.Points).Name));
    }

    private async Task<string> FindAsync(string query)
    {
        var page = await _world.As("student").GetAsync<CoursePage>($"/api/courses?{query}");
        Assert.Equal(page.Total, page.Cards.Length);
        return string.Join(' ', page.Cards.Select(card => card.Id));
    }
}
