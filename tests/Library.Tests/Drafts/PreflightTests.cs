using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Preflight;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Drafts;

public sealed class PreflightTests
{
    [Theory]
    [InlineData("micro", 600_000, 5_000, 1280, 720, "")]
    [InlineData("micro", 600_040, 5_040, 0, 0, "long opening")]
    [InlineData("contest", 500_000, 0, 1280, 720, "")]
    [InlineData("contest", 790_000, 0, 640, 360, "long size bytes")]
    [InlineData("premium-primary", 599_000, 0, 1280, 720, "short size")]
    [InlineData("premium-primary", 700_000, 60_000, 1920, 1080, "")]
    [InlineData("premium-secondary", 700_000, 0, 1920, 1080, "short")]
    [InlineData("classroom", 2_400_000, 0, 640, 360, "size")]
    public void Every_broken_rule_is_named(string preset, long durationMs, long openingMs, int width, int height, string broken)
    {
        var facts = new FilmFacts(durationMs, openingMs, width, height, HasFilm: true, HasTitle: true, HasChapter: true, HasPoints: true);
        var checks = PreflightChecks.Check(KnownPresets.All.Single(known => known.Id == preset).Rules, facts);
        Assert.Equal(broken, string.Join(' ', checks.Where(check => !check.IsKept).Select(check => check.Code)));
    }

    [Fact]
    public void What_is_missing_for_a_review_is_no_mere_advice()
    {
        var checks = PreflightChecks.Check(new PresetRules(), new FilmFacts(0, 0, 0, 0, false, false, false, false));
        Assert.Equal(["title", "clips", "chapter", "points", "film"], checks.Where(check => !check.IsKept && !check.IsAdvice).Select(check => check.Code));
    }

    [Fact]
    public async Task Administrators_write_presets_down_and_editors_hold_their_films_against_them()
    {
        await using var world = await LibraryWorld.CreateAsync(TestProvider.Sqlite);
        var row = new PresetRow("", "区级评选", null, 10, null, 640, 360, IsExactSize: true, null, null, null, 50);
        Assert.Equal(403, await world.As("editor").StatusAsync(HttpMethod.Post, "/api/admin/presets", row));
        Assert.Equal(403, await world.As("editor").StatusAsync(HttpMethod.Get, "/api/admin/presets"));
        Assert.Equal(403, await world.As("student").StatusAsync(HttpMethod.Get, "/api/presets"));
        var preset = await world.As("admin").PostAsync<PresetRow>("/api/admin/presets", row);
        Assert.Equal(row with { Id = preset.Id }, Assert.Single(await world.As("admin").GetAsync<PresetRow[]>("/api/admin/presets")));
        Assert.Equal(6, (await world.As("editor").GetAsync<PresetInfo[]>("/api/presets")).Length);
        var bad = await world.As("admin").RefusalAsync(
            HttpMethod.Post, "/api/admin/presets", row with { Name = "", LeastSeconds = 20, MostMegabytes = 0, Width = null });
        Assert.Equal("name mostSeconds mostMegabytes width", string.Join(' ', bad.Fields));

        var draft = await world.As("editor").PostAsync<CourseDraft>("/api/courses", new CourseCreate("lesson", 60_000, 80_000, WorldRows.CloseUp));
        var report = await world.As("editor").GetAsync<PreflightReport>($"/api/courses/{draft.Id}/preflight?preset={preset.Id}");
        var broken = report.Checks.Single(check => check.Code == "long");
        Assert.Equal((false, "20000", "10000", "picture"), (broken.IsKept, broken.Actual, broken.Wanted, broken.FixAt));
        Assert.Equal("preset_not_found", (await world.As("editor").RefusalAsync(HttpMethod.Get, $"/api/courses/{draft.Id}/preflight?preset=none")).Code);
        Assert.Equal("no_film", (await world.As("editor").RefusalAsync(HttpMethod.Post, $"/api/courses/{draft.Id}/export?preset=micro")).Code);

        Assert.Equal(204, await world.As("admin").StatusAsync(HttpMethod.Delete, $"/api/admin/presets/{preset.Id}"));
        Assert.Equal(404, await world.As("admin").StatusAsync(HttpMethod.Delete, $"/api/admin/presets/{preset.Id}"));
    }

    [Fact]
    public async Task An_export_is_made_of_the_film_and_found_while_it_is_the_film()
    {
        await using var world = await LibraryWorld.CreateAsync(TestProvider.Sqlite);
        var editor = world.As("editor");
        var draft = await editor.PostAsync<CourseDraft>("/api/courses", new CourseCreate("lesson", 60_000, 80_000, WorldRows.CloseUp));
        await editor.PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render");
        await world.FinishRenderAsync(draft.Id);
        await editor.PostAsync<RenderStarted>($"/api/courses/{draft.Id}/export?preset=contest");
        Assert.Empty(await editor.GetAsync<ExportInfo[]>($"/api/courses/{draft.Id}/exports"));

        var jobs = new JobQueue(world.Database, world.Time);
        var job = await jobs.ClaimAsync("w", [JobKinds.ExportCourse], TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await jobs.CompleteAsync(job!.Id, "w", TestContext.Current.CancellationToken);
        Assert.Equal("contest", Assert.Single(await editor.GetAsync<ExportInfo[]>($"/api/courses/{draft.Id}/exports")).PresetId);
        Assert.Equal(403, await world.As("student").StatusAsync(HttpMethod.Get, $"/api/courses/{draft.Id}/exports"));

        // Another film takes its place.
        await world.ReadAsync(db => db.MicroCourses.ExecuteUpdateAsync(set => set.SetProperty(row => row.RenditionId, (string?)null)));
        Assert.Empty(await editor.GetAsync<ExportInfo[]>($"/api/courses/{draft.Id}/exports"));
    }
}
