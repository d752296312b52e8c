using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Drafts;

public sealed class SqliteDraftTests() : DraftTests(TestProvider.Sqlite);

public sealed class PostgresDraftTests() : DraftTests(TestProvider.Postgres);

public abstract class DraftTests(TestProvider provider) : IAsyncLifetime
{
    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await LibraryWorld.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_course_cut_from_a_lesson_knows_what_the_timetable_knows()
    {
        var draft = await CutAsync("editor");

        Assert.Equal(("方程的意义", "lesson", "equation", 1), (draft.Title, draft.LessonId, draft.NodeId, draft.EditVersion));
        var clip = Assert.Single(draft.Edit.Clips);
        Assert.Equal((60_000, 80_000, EditLayout.Single), (clip.InMs, clip.OutMs, clip.Layout));
        Assert.Equal([WorldRows.CloseUp], clip.Seats);
        var (card, mayDelete) = Assert.Single(await _world.As("teacher").GetAsync<MyCourse[]>("/api/courses/mine"));
        Assert.False(mayDelete);
        Assert.Equal((CourseState.Draft, "张老师", "园区星海小学", 20_000), (card.State, card.TeacherName, card.SchoolName, card.DurationMs));
    }

    [Fact]
    public async Task A_course_is_about_the_knowledge_points_that_were_marked_within_its_cut()
    {
        await MarkAsync(1, 59_999, "{\"knowledgePointId\":\"p-function\",\"label\":\"before the cut\"}");
        await MarkAsync(2, 61_000, "{\"knowledgePointId\":\"p-equality\",\"label\":\"later in the tree\"}");
        await MarkAsync(3, 62_000, "{\"knowledgePointId\":null,\"label\":\"without a point\"}");
        await MarkAsync(4, 63_000, "{\"knowledgePointId\":\"p-equation\",\"label\":\"one\"}");
        await MarkAsync(5, 64_000, "{\"knowledgePointId\":\"p-equation\",\"label\":\"one again\"}");
        await MarkAsync(6, 65_000, "{\"knowledgePointId\":\"gone\",\"label\":\"no longer in the catalogue\"}");

        var draft = await CutAsync("editor");

        Assert.Equal(["p-equality", "p-equation"], draft.Points.Select(point => point.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("teacher", 201)]
    [InlineData("editor", 201)]
    [InlineData("admin", 201)]
    [InlineData("other-teacher", 403)]
    [InlineData("reviewer", 403)]
    [InlineData("student", 403)]
    [InlineData("nobody", 401)]
    public async Task Only_the_teacher_of_the_lesson_editors_and_administrators_cut_it(string account, int status) =>
        Assert.Equal(status, await _world.As(account).StatusAsync(HttpMethod.Post, "/api/courses", new CourseCreate("lesson", 0, 1000, null)));

    [Theory]
    [InlineData("teacher", 200, 200)]
    [InlineData("admin", 200, 200)]
    [InlineData("reviewer", 200, 403)]
    [InlineData("other-teacher", 403, 403)]
    [InlineData("student", 403, 403)]
    public async Task Reviewers_may_look_at_a_draft_and_only_its_people_may_change_it(string account, int read, int write)
    {
        var draft = await CutAsync("editor");

        Assert.Equal(read, await _world.As(account).StatusAsync(HttpMethod.Get, $"/api/courses/{draft.Id}/draft"));
        Assert.Equal(write, await _world.As(account).StatusAsync(HttpMethod.Put, $"/api/courses/{draft.Id}", SaveOf(draft)));
    }

    [Theory]
    [InlineData("missing", 0, 1000, null, "lesson_not_found", "")]
    [InlineData("lesson", 5000, 5000, null, "invalid", "outMs")]
    [InlineData("lesson", -1, 5000, null, "invalid", "outMs")]
    [InlineData("lesson", 0, 2_400_001, null, "invalid", "outMs")]
    [InlineData("lesson", 0, 1000, "room9/Board", "invalid", "seatRef")]
    public async Task A_cut_that_the_recording_does_not_hold_is_refused(string lesson, long inMs, long outMs, string? seat, string code, string fields)
    {
        var refusal = await _world.As("editor").RefusalAsync(HttpMethod.Post, "/api/courses", new CourseCreate(lesson, inMs, outMs, seat));

        Assert.Equal((code, fields), (refusal.Code, string.Join(' ', refusal.Fields)));
    }

    [Fact]
    public async Task A_lesson_whose_recording_is_not_ready_cannot_be_cut_yet()
    {
        await _world.ReadAsync(db => db.Recordings.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Finishing)));

        Assert.Equal("recording_not_ready", (await _world.As("editor").RefusalAsync(HttpMethod.Post, "/api/courses", new CourseCreate("lesson", 0, 1000, null))).Code);
    }

    [Fact]
    public async Task A_save_is_kept_whole()
    {
        var draft = await CutAsync("editor");
        var save = SaveOf(draft) with
        {
            Title = "  等式与方程 ",
            Description = "区分等式与方程",
            Type = CourseType.Review,
            Edit = new EditList(
            [
                new EditClip(70_000, 90_000, EditLayout.PictureInPicture, [WorldRows.CloseUp, WorldRows.Students]),
                new EditClip(10_000, 15_000, EditLayout.Single, [WorldRows.Students]),
            ]),
            NodeId = "old-equation",
            PointIds = ["p-equation", "p-equality"],
            Chapters = [new ChapterInfo(0, "引入"), new ChapterInfo(20_000, "练习")],
        };

        await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", save);
        await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", save with { EditVersion = 2, PointIds = ["p-equality"] });

        var stored = await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{draft.Id}/draft");
        Assert.Equal(("等式与方程", "区分等式与方程", CourseType.Review, 3), (stored.Title, stored.Description, stored.Type, stored.EditVersion));
        Assert.True(stored.Edit.IsSameAs(save.Edit));
        Assert.Equal(("equation", "p-equality"), (stored.NodeId, Assert.Single(stored.Points).Id));
        Assert.Equal(save.Chapters, stored.Chapters);
    }

    [Fact]
    public async Task A_save_on_an_older_version_is_refused_and_changes_nothing()
    {
        var draft = await CutAsync("editor");
        await _world.As("teacher").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", SaveOf(draft) with { Title = "first" });

        var refusal = await _world.As("editor").RefusalAsync(HttpMethod.Put, $"/api/courses/{draft.Id}", SaveOf(draft) with { Title = "second" });

        Assert.Equal((409, "edit_conflict"), (refusal.Status, refusal.Code));
        Assert.Equal("first", (await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{draft.Id}/draft")).Title);
    }

    [Fact]
    public async Task Of_saves_that_race_exactly_one_wins()
    {
        var draft = await CutAsync("editor");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() =>
            _world.As("editor").StatusAsync(HttpMethod.Put, $"/api/courses/{draft.Id}", SaveOf(draft) with { Title = $"title {i}" }))));

        Assert.Equal(1, statuses.Count(status => status == 200));
        Assert.Equal(5, statuses.Count(status => status == 409));
    }

    [Fact]
    public async Task Every_field_that_is_not_right_is_named_and_nothing_is_kept()
    {
        var draft = await CutAsync("editor");
        var save = SaveOf(draft) with
        {
            Title = new string('长', 101),
            NodeId = "missing",
            PointIds = ["missing"],
            Edit = new EditList(
            [
                new EditClip(-1, 1000, EditLayout.Single, [WorldRows.CloseUp]),
                new EditClip(5000, 5000, EditLayout.SideBySide, [WorldRows.CloseUp]),
                new EditClip(0, long.MaxValue, EditLayout.PictureInPicture, [WorldRows.CloseUp, WorldRows.CloseUp]),
                new EditClip(0, 1000, EditLayout.Single, ["room9/Board"]),
            ]),
            Chapters = [new ChapterInfo(5, ""), new ChapterInfo(1, "b")],
        };

        var refusal = await _world.As("editor").RefusalAsync(HttpMethod.Put, $"/api/courses/{draft.Id}", save);

        Assert.Equal(
            "title nodeId pointIds edit.clips[0].inMs edit.clips[1].outMs edit.clips[1].seats edit.clips[2].outMs edit.clips[2].seats edit.clips[3].seats chapters[0].title chapters[1].atMs",
            string.Join(' ', refusal.Fields));
        Assert.Equal(1, (await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{draft.Id}/draft")).EditVersion);
    }

    [Fact]
    public async Task A_save_with_fields_left_out_is_refused_in_words()
    {
        var draft = await CutAsync("editor");

        var status = await _world.As("editor").StatusAsync(HttpMethod.Put, $"/api/courses/{draft.Id}", new { editVersion = 1, edit = new { clips = new[] { new { inMs = 0, outMs = 5 } } } });

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Rendering_queues_one_job_however_often_it_is_asked_for()
    {
        var draft = await CutAsync("editor");

        var first = await _world.As("editor").PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render");
        var second = await _world.As("teacher").PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render");

        Assert.Equal(first, second);
        var rendering = await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{draft.Id}/draft");
        Assert.Equal((CourseState.Rendering, first.JobId), (rendering.State, rendering.JobId));
        Assert.Equal(1, await _world.ReadAsync(db => db.Jobs.CountAsync()));
    }

    [Fact]
    public async Task While_the_film_is_made_words_may_change_but_not_the_cut()
    {
        var draft = await CutAsync("editor");
        await _world.As("editor").PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render");

        var recut = await _world.As("editor").RefusalAsync(HttpMethod.Put, $"/api/courses/{draft.Id}", Recut(SaveOf(draft)));
        var reworded = await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", SaveOf(draft) with { Title = "新标题" });

        Assert.Equal("rendering", recut.Code);
        Assert.Equal(CourseState.Rendering, reworded.State);
    }

    [Fact]
    public async Task New_words_keep_the_film_and_a_new_cut_asks_for_another()
    {
        var draft = await ReadyAsync();

        var reworded = await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", SaveOf(draft) with { Title = "新标题" });
        var recut = await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", Recut(SaveOf(reworded)));

        Assert.Equal((CourseState.Ready, CourseState.Draft), (reworded.State, recut.State));
    }

    [Fact]
    public async Task A_course_whose_render_failed_for_good_says_so_and_can_be_rendered_again()
    {
        var draft = await CutAsync("editor");
        var started = await _world.As("editor").PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render");
        var jobs = new JobQueue(_world.Database, _world.Time);
        await jobs.ClaimAsync("w", [JobKinds.RenderCourse], TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await jobs.FailAsync(started.JobId, "w", "The disk is full.", JobRetry.Never, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(CourseState.Failed, (await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{draft.Id}/draft")).State);
        Assert.NotEqual(started, await _world.As("editor").PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render"));
    }

    [Fact]
    public async Task What_is_missing_for_a_review_is_named()
    {
        var draft = await CutAsync("editor");
        await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", SaveOf(draft) with { Title = "", NodeId = null });

        var refusal = await _world.As("editor").RefusalAsync(HttpMethod.Post, $"/api/courses/{draft.Id}/submit");

        Assert.Equal((409, "not_ready_for_review"), (refusal.Status, refusal.Code));
        Assert.Equal("rendition title nodeId pointIds", string.Join(' ', refusal.Fields));
    }

    [Fact]
    public async Task A_course_in_review_cannot_be_changed_until_it_is_withdrawn()
    {
        var draft = await ReadyAsync();
        await _world.As("editor").PostAsync<CourseMoved>($"/api/courses/{draft.Id}/submit");

        Assert.Equal("in_review", (await _world.As("editor").RefusalAsync(HttpMethod.Put, $"/api/courses/{draft.Id}", SaveOf(draft))).Code);
        Assert.Equal("in_review", (await _world.As("editor").RefusalAsync(HttpMethod.Post, $"/api/courses/{draft.Id}/render")).Code);
        Assert.Equal(CourseState.Withdrawn, (await _world.As("editor").PostAsync<CourseMoved>($"/api/courses/{draft.Id}/withdraw")).State);
        await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", SaveOf(draft) with { Title = "新标题" });
    }

    private Task<int> MarkAsync(int seq, long at, string body) => _world.ReadAsync(db =>
    {
        db.Timeline.Add(new TimelineEvent { LessonId = "lesson", Seq = seq, At = at, Who = "teacher", Kind = "mark", Body = body });
        return db.SaveChangesAsync();
    });

    private Task<CourseDraft> CutAsync(string account) =>
        _world.As(account).PostAsync<CourseDraft>("/api/courses", new CourseCreate("lesson", 60_000, 80_000, null));

    private async Task<CourseDraft> ReadyAsync()
    {
        var draft = await CutAsync("editor");
        draft = await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{draft.Id}", SaveOf(draft) with { PointIds = ["p-equation"] });
        await _world.As("editor").PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render");
        await _world.FinishRenderAsync(draft.Id);
        return await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{draft.Id}/draft");
    }

    private static CourseSave SaveOf(CourseDraft draft) => new(
        draft.EditVersion, draft.Title, draft.Description, draft.Type, draft.Edit, draft.NodeId, [.. draft.Points.Select(point => point.Id)], draft.Chapters);

    private static CourseSave Recut(CourseSave save) => save with { Edit = new EditList([save.Edit.Clips[0] with { OutMs = 85_000 }]) };
}
