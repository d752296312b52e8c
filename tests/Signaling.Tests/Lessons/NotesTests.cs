using System.Net;
using System.Net.Http.Json;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Lessons;

/// <summary>Rubrics, and notes on the replay.</summary>
public sealed class NotesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly RubricRow Short = new("", "短表", [new("课堂", [new("", "安静", 3), new("", "备注", 0)])], IsDefault: true);

    [Fact]
    public async Task Notes_of_the_lesson_and_on_the_replay_stand_together_with_a_summary()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.DoAsync("StartLesson");
        school.Time.Advance(TimeSpan.FromMinutes(10));
        var observer = await school.ConnectAsync(school.Token("lesson-1", LessonRole.Observer, "教研员", accountId: "account-supervisor"));
        await observer.JoinAsync();
        await observer.DoAsync("Note", new NoteDraft("rubric-default", "wait", 4, "", At: null));
        await teacher.DoAsync("EndLesson");
        await school.PassAsync(TimeSpan.FromHours(1));

        using var browser = await school.SignInAsync("supervisor");
        var written = await browser.PostAsJsonAsync("/api/lessons/lesson-1/notes", new NoteDraft("rubric-default", "wait", 3, "等了两秒", 65_000), HubClient.Json, Cancel);
        var reply = (await written.Content.ReadFromJsonAsync<NotesReply>(HubClient.Json, Cancel))!;

        Assert.Equal([65_000, 600_000], reply.Notes.Select(note => note.At));
        Assert.All(reply.Notes, note => Assert.True(note.IsMine));
        var summary = Assert.Single(reply.Summary);
        Assert.Equal(("提问后等待学生思考", 2, 3.5, 5), (summary.Item, summary.Count, summary.Average, summary.MaxScore));
        Assert.Contains("1:05,教研员,问答,提问后等待学生思考,3,5,等了两秒", await browser.GetStringAsync("/api/lessons/lesson-1/notes.csv", Cancel), StringComparison.Ordinal);

        var left = await browser.DeleteAsync($"/api/lessons/lesson-1/notes/{reply.Notes[0].Id}", Cancel);
        Assert.Single((await left.Content.ReadFromJsonAsync<NotesReply>(HubClient.Json, Cancel))!.Notes);
    }

    [Fact]
    public async Task The_teacher_of_the_lesson_reads_notes_only_when_it_is_over_and_pupils_never()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.DoAsync("StartLesson");
        using var own = await school.SignInAsync("teacher1");
        Assert.Equal(HttpStatusCode.Forbidden, (await own.PostAsJsonAsync("/api/lessons/lesson-1/token", new TokenRequest(LessonRole.Observer, null), HubClient.Json, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await own.GetAsync("/api/lessons/lesson-1/notes", Cancel)).StatusCode);

        await teacher.DoAsync("EndLesson");
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync("/api/lessons/lesson-1/notes", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await own.PostAsJsonAsync("/api/lessons/lesson-1/notes", new NoteDraft(null, null, null, "好", 0), HubClient.Json, Cancel)).StatusCode);
        foreach (var stranger in new[] { "student1", "technician", "editor" })
        {
            using var browser = await school.SignInAsync(stranger);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/api/lessons/lesson-1/notes", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/api/lessons/lesson-1/notes.csv", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsJsonAsync("/api/lessons/lesson-1/notes", new NoteDraft(null, null, null, "好", 0), HubClient.Json, Cancel)).StatusCode);
        }
    }

    [Fact]
    public async Task A_note_lies_within_the_lesson_and_is_removed_by_its_writer_only()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        using var writer = await school.SignInAsync("supervisor");
        var note = new NoteDraft(null, null, null, "好", 0);
        Assert.Equal(HttpStatusCode.Conflict, (await writer.PostAsJsonAsync("/api/lessons/lesson-1/notes", note, HubClient.Json, Cancel)).StatusCode);
        await teacher.DoAsync("StartLesson");
        school.Time.Advance(TimeSpan.FromMinutes(1));
        await teacher.DoAsync("EndLesson");

        Assert.Equal(HttpStatusCode.BadRequest, (await writer.PostAsJsonAsync("/api/lessons/lesson-1/notes", note with { At = 60_001 }, HubClient.Json, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await writer.PostAsJsonAsync("/api/lessons/lesson-1/notes", note with { At = null }, HubClient.Json, Cancel)).StatusCode);
        var written = await (await writer.PostAsJsonAsync("/api/lessons/lesson-1/notes", note, HubClient.Json, Cancel)).Content.ReadFromJsonAsync<NotesReply>(HubClient.Json, Cancel);
        using var other = await school.SignInAsync("reviewer");
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync($"/api/lessons/lesson-1/notes/{written!.Notes[0].Id}", Cancel)).StatusCode);
        Assert.False((await other.GetFromJsonAsync<NotesReply>("/api/lessons/lesson-1/notes", HubClient.Json, Cancel))!.Notes[0].IsMine);
    }

    [Fact]
    public async Task Rubrics_are_edited_by_administrators_and_reviewers_and_items_keep_their_ids()
    {
        await using var school = await TestSchool.OpenAsync();
        using var reviewer = await school.SignInAsync("reviewer");
        var given = await reviewer.GetFromJsonAsync<RubricRow[]>("/api/rubrics", HubClient.Json, Cancel);
        Assert.Equal(["教学行为", "问答", "技术运用"], Assert.Single(given!).Groups.Select(group => group.Name));

        var made = await (await reviewer.PostAsJsonAsync("/api/rubrics", Short, HubClient.Json, Cancel)).Content.ReadFromJsonAsync<RubricRow>(HubClient.Json, Cancel);
        var item = made!.Groups[0].Items[0];
        var edited = made with { Groups = [made.Groups[0] with { Items = [item with { Text = "很安静" }] }] };
        var stored = await (await reviewer.PutAsJsonAsync($"/api/rubrics/{made.Id}", edited, HubClient.Json, Cancel)).Content.ReadFromJsonAsync<RubricRow>(HubClient.Json, Cancel);
        Assert.Equal((item.Id, "很安静"), (stored!.Groups[0].Items[0].Id, stored.Groups[0].Items[0].Text));
        Assert.Equal(HttpStatusCode.BadRequest, (await reviewer.PostAsJsonAsync("/api/rubrics", Short with { Groups = [] }, HubClient.Json, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await reviewer.DeleteAsync($"/api/rubrics/{made.Id}", Cancel)).StatusCode);

        using var teacher = await school.SignInAsync("teacher1");
        Assert.Equal(HttpStatusCode.OK, (await teacher.GetAsync("/api/rubrics", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await teacher.PostAsJsonAsync("/api/rubrics", Short, HubClient.Json, Cancel)).StatusCode);
        using var student = await school.SignInAsync("student1");
        Assert.Equal(HttpStatusCode.Forbidden, (await student.GetAsync("/api/rubrics", Cancel)).StatusCode);
    }
}
