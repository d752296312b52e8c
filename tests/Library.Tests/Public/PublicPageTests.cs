using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Public;

public sealed class SqlitePublicPageTests() : PublicPageTests(TestProvider.Sqlite);

public sealed class PostgresPublicPageTests() : PublicPageTests(TestProvider.Postgres);

public abstract class PublicPageTests(TestProvider provider) : IAsyncLifetime
{
    private const string Title = "方程 </script><b onload=\"x\">& 意义";

    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        await using var db = _world.Database.Create();
        var open = WorldRows.AddPublished(db, "open", Title, _world.Time.UtcNow, points: "p-equation");
        open.Chapters = [new() { MicroCourseId = "open", AtMs = 0, Title = "引入" }, new() { MicroCourseId = "open", AtMs = 8_000, Title = "练习" }];
        (open.IsPublic, open.Description) = (true, "什么是\n方程");
        WorldRows.AddPublished(db, "next", "解方程", _world.Time.UtcNow).IsPublic = true;
        WorldRows.AddPublished(db, "private", "校内", _world.Time.UtcNow);
        var withdrawn = WorldRows.AddPublished(db, "withdrawn", "已下架", _world.Time.UtcNow);
        (withdrawn.IsPublic, withdrawn.State) = (true, CourseState.Withdrawn);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_stranger_watches_a_public_course_by_a_link_that_expires_and_is_told_of_public_ones_only()
    {
        var play = await _world.Anonymous().GetAsync<CoursePlay>("/api/public/courses/open");

        Assert.Equal(("/media/[courses/open/film/]/", 7200, 0), (play.MediaBase, play.ExpiresInSeconds, play.ResumeMs));
        Assert.Equal(new CoursePermissions(false, false, false, false, false), play.May);
        Assert.Equal("next", Assert.Single(play.NextInChapter).Id);
        Assert.Equal(["next", "private"], (await _world.As("student").GetAsync<CoursePlay>("/api/courses/open/play")).NextInChapter.Select(card => card.Id).Order());

        var log = await _world.ReadAsync(db => db.AccessLog.Where(entry => entry.AccountId == null).ToListAsync());
        Assert.Equal(("course", "open"), (Assert.Single(log).ObjectKind, log[0].ObjectId));
    }

    [Theory]
    [InlineData("private")]
    [InlineData("withdrawn")]
    [InlineData("unknown")]
    public async Task What_is_private_or_withdrawn_looks_like_what_never_was(string id)
    {
        Assert.Equal((404, "course_not_found"), await RefusalAsync(id));
        foreach (var path in new[] { $"/c/{id}", $"/embed/{id}" })
        {
            using var reply = await _world.Anonymous().Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.NotFound, BarePage.Html), (reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task The_head_tells_machines_what_the_film_is_whatever_its_title_says()
    {
        var html = await _world.Anonymous().GetTextAsync("/c/open");
        using var data = JsonDocument.Parse(Regex.Match(html, "<script type=\"application/ld\\+json\">(?<data>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture).Groups["data"].Value);

        var film = data.RootElement;
        Assert.Equal(["VideoObject", "LearningResource"], film.GetProperty("@type").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal((Title, "PT20S", "什么是 方程"), (Text("name"), Text("duration"), Text("description")));
        Assert.Equal(("http://localhost/embed/open", "http://localhost/media/[courses/open/film/cover.jpg]"), (Text("embedUrl"), Text("thumbnailUrl")));
        Assert.Equal(("小学 五年级", "方程的辨认"), (Text("educationalLevel"), film.GetProperty("teaches")[0].GetProperty("name").GetString()));
        Assert.Equal([(0, 8), (8, 20)], film.GetProperty("hasPart").EnumerateArray().Select(part => (part.GetProperty("startOffset").GetInt32(), part.GetProperty("endOffset").GetInt32())));
        Assert.DoesNotContain("<b ", html, StringComparison.Ordinal);
        Assert.Contains("property=\"og:title\" content=\"方程 &lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("noindex", html, StringComparison.Ordinal);

        string Text(string name) => film.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task Search_engines_are_sent_from_the_frame_to_the_page()
    {
        var html = await _world.Anonymous().GetTextAsync("/embed/open");

        Assert.Contains("name=\"robots\" content=\"noindex\"", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"canonical\" href=\"http://localhost/c/open\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("editor", 200)]
    [InlineData("admin", 200)]
    [InlineData("teacher", 403)]
    [InlineData("reviewer", 403)]
    [InlineData("student", 403)]
    [InlineData("nobody", 401)]
    public async Task Editors_and_administrators_decide_what_everybody_may_watch(string account, int status)
    {
        Assert.Equal(status, await _world.As(account).StatusAsync(HttpMethod.Put, "/api/courses/private/public", new PublicChange(true)));

        Assert.Equal(status == 200 ? 200 : 404, (await RefusalAsync("private")).Status);
        Assert.Equal(status == 200 ? 1 : 0, await _world.ReadAsync(db => db.AccessLog.CountAsync(entry => entry.ObjectKind == "opened" && entry.AccountId == account)));
    }

    [Fact]
    public async Task Withdrawing_a_course_closes_it_for_good()
    {
        await _world.As("editor").PostAsync<CourseMoved>("/api/courses/open/withdraw");

        Assert.Equal(404, (await RefusalAsync("open")).Status);
        Assert.False((await _world.As("editor").GetAsync<CourseDraft>("/api/courses/open/draft")).IsPublic);
    }

    private async Task<(int Status, string? Code)> RefusalAsync(string id)
    {
        var refusal = await _world.Anonymous().RefusalAsync(HttpMethod.Get, $"/api/public/courses/{id}");
        return (refusal.Status, refusal.Code);
    }
}
