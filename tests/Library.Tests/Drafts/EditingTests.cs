using System.Net;
using System.Net.Http.Json;
using System.Text;
using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Drafts;

public sealed class SqliteEditingTests() : EditingTests(TestProvider.Sqlite);

public sealed class PostgresEditingTests() : EditingTests(TestProvider.Postgres);

/// <summary>What stands around and over the clips of a draft.</summary>
public abstract class EditingTests(TestProvider provider) : IAsyncLifetime
{
    private LibraryWorld _world = null!;
    private CourseDraft _draft = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        _draft = await _world.As("editor").PostAsync<CourseDraft>("/api/courses", new CourseCreate("lesson", 60_000, 80_000, WorldRows.CloseUp));
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Cards_blurs_mutes_and_captions_are_kept_whole()
    {
        var edit = _draft.Edit with
        {
            Opening = new EditCard(CardStyle.Ink, 4_000, "第一课时"),
            Blurs = [new EditBlur(WorldRows.CloseUp, 61_000, 62_000, 0.25, 0, 0.5, 1)],
            Mutes = [new EditMute(null, 61_000, 62_000)],
            Cover = new EditCover(6_000, null),
        };
        CueInfo[] cues = [new(61_000, 62_000, "什么是方程？"), new(100_000, 101_000, "不在片段里")];
        await SaveAsync(edit, cues);
        await SaveAsync(edit, cues: null, version: 2);

        var stored = await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{_draft.Id}/draft");
        Assert.True(stored.Edit.IsSameAs(edit));
        Assert.Equal(cues, stored.Cues);
        Assert.Equal(("张老师", "园区星海小学"), (stored.TeacherName, stored.SchoolName));
    }

    [Fact]
    public async Task Everything_in_an_edit_is_bounded_and_refused_by_name()
    {
        var edit = _draft.Edit with
        {
            Clips = [new EditClip(0, 1_000, EditLayout.ThreeWay, [WorldRows.CloseUp, WorldRows.Students])],
            Opening = new EditCard(CardStyle.Pine, 100, new string('长', 61)),
            Closing = new EditCard((CardStyle)9, 60_001, ""),
            Blurs = [new EditBlur("room9/Board", 5, 5, 0, 0, 1, 1), new EditBlur(WorldRows.CloseUp, 0, 1, 0.5, 0, 0.6, 1)],
            Mutes = [new EditMute("room9/Board", -1, 5)],
            Cover = new EditCover(0, "../../secret.png"),
        };
        var refusal = await _world.As("editor").RefusalAsync(HttpMethod.Put, $"/api/courses/{_draft.Id}", Save(edit, [new(5, 5, ""), new(0, long.MaxValue, new string('长', 401))], 1));

        Assert.Equal(
            "edit.clips[0].seats edit.opening.lengthMs edit.opening.text edit.closing.style edit.closing.lengthMs edit.blurs[0].toMs edit.blurs[0].seat edit.blurs[1].place "
            + "edit.mutes[0].toMs edit.mutes[0].seat edit.cover cues[0].toMs cues[0].text cues[1].toMs cues[1].text",
            string.Join(' ', refusal.Fields));
    }

    [Fact]
    public async Task A_changed_title_asks_for_a_new_film_only_when_it_stands_in_it()
    {
        await RenderAsync();
        Assert.Equal(CourseState.Ready, (await SaveAsync(_draft.Edit, null, version: 1, title: "没有片头")).State);
        var carded = await SaveAsync(_draft.Edit with { Opening = new EditCard(CardStyle.Pine, 3_000, "") }, null, version: 2);
        Assert.Equal(CourseState.Draft, carded.State);
        await RenderAsync();
        Assert.Equal(CourseState.Draft, (await SaveAsync(carded.Edit, null, version: 3, title: "有片头")).State);
    }

    [Fact]
    public async Task Captions_come_in_and_go_out_on_the_clock_of_the_film()
    {
        await SaveAsync(_draft.Edit with { Opening = new EditCard(CardStyle.Pine, 3_000, "") }, []);
        var client = _world.As("editor");
        var read = await ReadAsync(client, "WEBVTT\n\n00:04.000 --> 00:05.000\n什么是方程？\n\n00:00.500 --> 00:01.000\n在片头上\n");
        Assert.Equal((1, 1), (read!.Cues.Length, read.Left));
        Assert.Equal(new CueInfo(61_000, 62_000, "什么是方程？"), read.Cues[0]);

        await SaveAsync(_draft.Edit with { Opening = new EditCard(CardStyle.Pine, 3_000, "") }, read.Cues, version: 2);
        var file = await client.Http.GetStringAsync($"/api/courses/{_draft.Id}/captions.vtt", Cancel);
        Assert.Equal("WEBVTT\n\n00:00:04.000 --> 00:00:05.000\n什么是方程？\n", file);
        Assert.Equal(403, await _world.As("student").StatusAsync(HttpMethod.Get, $"/api/courses/{_draft.Id}/captions.vtt"));
    }

    [Fact]
    public async Task What_is_no_caption_file_is_refused()
    {
        using var reply = await _world.As("editor").Http.PostAsync($"/api/courses/{_draft.Id}/captions", new StringContent("hello", Encoding.UTF8, "text/vtt"), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        using var large = await _world.As("editor").Http.PostAsync($"/api/courses/{_draft.Id}/captions", new StringContent("WEBVTT\n" + new string('x', 1_000_001), Encoding.UTF8, "text/vtt"), Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task What_a_recogniser_heard_is_offered_to_the_editor()
    {
        Assert.Empty((await _world.As("editor").GetAsync<CaptionsRead>($"/api/courses/{_draft.Id}/captions/recognised")).Cues);
        var started = await _world.As("editor").PostAsync<RenderStarted>($"/api/courses/{_draft.Id}/captions/recognise");
        Assert.Equal(started, await _world.As("editor").PostAsync<RenderStarted>($"/api/courses/{_draft.Id}/captions/recognise"));
        await _world.ReadAsync(db => db.MicroCourses.ExecuteUpdateAsync(set => set.SetProperty(row => row.RecognisedVtt, "WEBVTT\n\n01:01.000 --> 01:02.000\n方程\n")));
        var heard = await _world.As("editor").GetAsync<CaptionsRead>($"/api/courses/{_draft.Id}/captions/recognised");
        Assert.Equal(new CueInfo(61_000, 62_000, "方程"), Assert.Single(heard.Cues));
        Assert.Equal(403, await _world.As("reviewer").StatusAsync(HttpMethod.Post, $"/api/courses/{_draft.Id}/captions/recognise"));
    }

    [Fact]
    public async Task A_cover_is_uploaded_and_then_chosen()
    {
        var client = _world.As("editor");
        using var reply = await client.Http.PostAsync($"/api/courses/{_draft.Id}/cover", new ByteArrayContent([0x89, 0x50]), Cancel);
        var taken = (await reply.Content.ReadFromJsonAsync<CoverTaken>(LibraryWorld.Json, Cancel))!;
        var saved = await SaveAsync(_draft.Edit with { Cover = new EditCover(0, taken.File) }, null);
        Assert.Equal(taken.Url, saved.CoverUrl);

        using var refused = await client.Http.PostAsync($"/api/courses/{_draft.Id}/cover", new ByteArrayContent([1, 2]), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(403, await _world.As("reviewer").StatusAsync(HttpMethod.Post, $"/api/courses/{_draft.Id}/cover"));
    }

    private static async Task<CaptionsRead?> ReadAsync(Client client, string path, string file)
    {
        using var reply = await client.Http.PostAsync(path, new StringContent(file, Encoding.UTF8, "text/vtt"), Cancel);
        return await reply.Content.ReadFromJsonAsync<CaptionsRead>(LibraryWorld.Json, Cancel);
    }

    private Task<CaptionsRead?> ReadAsync(Client client, string file) => ReadAsync(client, $"/api/courses/{_draft.Id}/captions", file);

    private async Task RenderAsync()
    {
        await _world.As("editor").PostAsync<RenderStarted>($"/api/courses/{_draft.Id}/render");
        await _world.FinishRenderAsync(_draft.Id);
    }

    private CourseSave Save(EditList edit, CueInfo[]? cues, int version, string? title = null) =>
        new(version, title ?? _draft.Title, "", _draft.Type, edit, _draft.NodeId, [], [], cues);

    private Task<CourseDraft> SaveAsync(EditList edit, CueInfo[]? cues, int version = 1, string? title = null) =>
        _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{_draft.Id}", Save(edit, cues, version, title));
}
