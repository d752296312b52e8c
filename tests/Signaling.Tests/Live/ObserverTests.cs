using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live;

/// <summary>Observers are silent, and what they write is not for those who are observed.</summary>
public sealed class ObserverTests
{
    private static readonly NoteDraft Question = new("rubric-default", "question", 4, "第二问很好", At: null);

    [Fact]
    public async Task Pupils_and_classrooms_do_not_see_an_observer_come_or_go()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, "松桃", "room-2");
        var observer = await school.JoinAsync("lesson-1", LessonRole.Observer, "教研员");
        await teacher.SeesAsync("join", body => body.GetProperty("participantId").GetString() == observer.Id);
        await observer.DisposeAsync();
        await teacher.SeesAsync("away");
        await school.PassAsync(TimeSpan.FromSeconds(61));
        await teacher.SeesAsync("leave");
        var last = await teacher.DoAsync("Chat", "继续");

        await Task.WhenAll(pupil.CatchUpAsync(last.Seq), station.CatchUpAsync(last.Seq));
        Assert.All([pupil, station], page => Assert.DoesNotContain(page.Events, e => e.Body.GetRawText().Contains(observer.Id, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Notes_are_seen_by_observers_only_while_the_lesson_runs()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.DoAsync("StartLesson");
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, "松桃", "room-2");
        var observer = await school.JoinAsync("lesson-1", LessonRole.Observer, "教研员");
        var other = await school.JoinAsync("lesson-1", LessonRole.Observer, "同行");
        school.Time.Advance(TimeSpan.FromSeconds(90));

        await observer.DoAsync("Note", Question);
        var last = await teacher.DoAsync("Chat", "继续");

        var note = await other.SeesAsync("note");
        Assert.Equal((90_000, "问答", "问题有层次，能引发思考", 4), (note.Body.GetProperty("at").GetInt64(), note.Body.GetProperty("group").GetString(), note.Body.GetProperty("item").GetString(), note.Body.GetProperty("score").GetInt32()));
        foreach (var page in new[] { teacher, pupil, station })
        {
            await page.CatchUpAsync(last.Seq);
            Assert.DoesNotContain(page.Events, e => e.Kind.StartsWith("note", StringComparison.Ordinal));
        }

        var noteId = note.Body.GetProperty("noteId").GetString();
        Assert.Equal("unknown_line", await other.RefusalOfAsync("RemoveNote", noteId));
        await observer.DoAsync("RemoveNote", noteId);
        await other.SeesAsync("note.gone");
    }

    [Theory]
    [InlineData("rubric-default", "question", 6, "")]
    [InlineData("rubric-default", "question", 0, "")]
    [InlineData("rubric-default", "nothing", null, "好")]
    [InlineData("another", "question", null, "好")]
    [InlineData(null, null, null, " ")]
    [InlineData(null, null, 3, "好")]
    public async Task A_note_that_does_not_fit_its_rubric_is_refused(string? rubric, string? item, int? score, string text)
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        var observer = await school.JoinAsync("lesson-1", LessonRole.Observer, "教研员");
        Assert.Equal("bad_request", await observer.RefusalOfAsync("Note", new NoteDraft(rubric, item, score, text, At: null)));
    }
}
