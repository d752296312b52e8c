using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Packages;

public sealed class SqlitePackageTests() : PackageTests(TestProvider.Sqlite);

public sealed class PostgresPackageTests() : PackageTests(TestProvider.Postgres);

/// <summary>What is beside courses and around them: files, series, topics.</summary>
public abstract class PackageTests(TestProvider provider) : IAsyncLifetime
{
    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        await using var db = _world.Database.Create();
        WorldRows.AddPublished(db, "one", "方程的意义", _world.Time.UtcNow);
        WorldRows.AddPublished(db, "two", "解方程", _world.Time.UtcNow);
        WorldRows.AddPublished(db, "draft", "草稿", _world.Time.UtcNow).State = CourseState.Draft;
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Files_lie_beside_the_film_under_links_of_their_own_until_they_are_taken_away()
    {
        var editor = _world.As("editor");
        await editor.PostTextAsync<CourseFileInfo[]>("/api/courses/one/files?kind=Exercise&name=练习.pdf", "%PDF-1.7 x");
        await editor.PostTextAsync<CourseFileInfo[]>("/api/courses/one/files?kind=LessonPlan&name=教案.pdf", "%PDF-1.7 y");

        var files = await _world.As("student").GetAsync<CourseFileInfo[]>("/api/courses/one/files");
        Assert.Equal([(CourseFileKind.LessonPlan, "教案.pdf"), (CourseFileKind.Exercise, "练习.pdf")], files.Select(file => (file.Kind, file.Name)));
        Assert.All(files, file => Assert.StartsWith($"/media/[course-one/files/{file.Id}/", file.Url, StringComparison.Ordinal));

        Assert.Equal(200, await editor.StatusAsync(HttpMethod.Delete, $"/api/courses/one/files/{files[0].Id}"));
        Assert.Equal("course_file_not_found", (await editor.RefusalAsync(HttpMethod.Delete, $"/api/courses/one/files/{files[0].Id}")).Code);
        Assert.Equal("练习.pdf", Assert.Single(await _world.As("student").GetAsync<CourseFileInfo[]>("/api/courses/one/files")).Name);
    }

    [Fact]
    public async Task Files_of_drafts_are_for_their_people_and_only_authors_add_any()
    {
        await _world.As("editor").PostTextAsync<CourseFileInfo[]>("/api/courses/draft/files?name=教案.pdf", "%PDF-1.7");

        foreach (var (account, reads, writes) in new[] { ("student", 403, 403), ("other-teacher", 403, 403), ("reviewer", 200, 403), ("editor", 200, 400) })
        {
            Assert.Equal(reads, await _world.As(account).StatusAsync(HttpMethod.Get, "/api/courses/draft/files"));
            Assert.Equal(writes, await _world.As(account).StatusAsync(HttpMethod.Post, "/api/courses/draft/files?name=virus.exe"));
        }
    }

    [Fact]
    public async Task A_series_shows_its_courses_in_their_order_and_is_hidden_until_it_is_shown()
    {
        var made = await _world.As("editor").PostAsync<SeriesPage>("/api/series", new SeriesEdit(SeriesKind.Topic, "方程", "从算式到方程", IsShown: false, ["two", "one"]));
        Assert.Equal(404, await _world.As("student").StatusAsync(HttpMethod.Get, $"/api/series/{made.Id}"));
        Assert.Empty(await _world.As("student").GetAsync<SeriesCard[]>("/api/series"));

        await _world.As("admin").PutAsync<SeriesPage>($"/api/series/{made.Id}", new SeriesEdit(SeriesKind.Series, "方程", "", IsShown: true, ["one", "two"]));

        var page = await _world.As("student").GetAsync<SeriesPage>($"/api/series/{made.Id}");
        Assert.Equal((SeriesKind.Series, false, "one two"), (page.Kind, page.MayEdit, string.Join(' ', page.Cards.Select(card => card.Id))));
        Assert.Equal(2, Assert.Single(await _world.As("student").GetAsync<SeriesCard[]>("/api/series")).Courses);
        Assert.Equal(204, await _world.As("editor").StatusAsync(HttpMethod.Delete, $"/api/series/{made.Id}"));
        Assert.Empty(await _world.As("editor").GetAsync<SeriesCard[]>("/api/series"));
    }

    [Fact]
    public async Task A_course_that_was_withdrawn_keeps_its_place_while_the_series_is_edited()
    {
        var made = await _world.As("editor").PostAsync<SeriesPage>("/api/series", new SeriesEdit(SeriesKind.Series, "方程", "", IsShown: true, ["one", "two"]));
        await TurnAsync("two", CourseState.Withdrawn);
        var without = await _world.As("editor").PutAsync<SeriesPage>($"/api/series/{made.Id}", new SeriesEdit(SeriesKind.Series, "方程与等式", "", IsShown: true, ["one"]));
        Assert.Equal("one", Assert.Single(without.Cards).Id);

        await TurnAsync("two", CourseState.Published);

        var page = await _world.As("student").GetAsync<SeriesPage>($"/api/series/{made.Id}");
        Assert.Equal("one two", string.Join(' ', page.Cards.Select(card => card.Id)));
    }

    [Fact]
    public async Task Only_editors_put_courses_together_and_only_published_ones()
    {
        var edit = new SeriesEdit(SeriesKind.Series, "方程", "", IsShown: true, ["one"]);
        foreach (var account in new[] { "student", "teacher", "reviewer" })
        {
            Assert.Equal(403, await _world.As(account).StatusAsync(HttpMethod.Post, "/api/series", edit));
        }

        Assert.Equal(["title", "courseIds"], (await _world.As("editor").RefusalAsync(HttpMethod.Post, "/api/series", new SeriesEdit(SeriesKind.Series, " ", "", IsShown: true, ["draft"]))).Fields);
    }

    private Task TurnAsync(string courseId, CourseState state) =>
        _world.ReadAsync(db => db.MicroCourses.Where(course => course.Id == courseId).ExecuteUpdateAsync(set => set.SetProperty(course => course.State, state), TestContext.Current.CancellationToken));
}
