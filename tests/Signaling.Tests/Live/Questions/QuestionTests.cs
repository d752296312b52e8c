using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Hub;
using static Classroom.Signaling.Tests.Live.Questions.Asking;

namespace Classroom.Signaling.Tests.Live.Questions;

/// <summary>A question is asked, answered, closed and revealed.</summary>
public sealed class QuestionTests
{
    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task The_last_answer_before_closing_counts_and_the_reveal_tells_how_the_class_answered(TestProvider provider)
    {
        await using var school = await TestSchool.OpenAsync(provider);
        var teacher = await school.OpenLessonAsync();
        var (right, wrong) = (await StudentAsync(school, "小明"), await StudentAsync(school, "小刚"));
        var question = await teacher.AskAsync(Which());

        await right.AnswerAsync(question, Choice(0));
        await right.AnswerAsync(question, Choice(2));
        await wrong.AnswerAsync(question, Choice(1));
        await teacher.DoAsync("CloseQuestion", question);
        await teacher.DoAsync("RevealQuestion", question, null);

        var reveal = await right.SeesOfAsync("question.reveal", question);
        Assert.Equal("[0,1,1,0]", reveal.GetProperty("tally").GetProperty("counts").GetRawText());
        Assert.Equal((2, 1), (reveal.GetProperty("tally").GetProperty("answered").GetInt32(), reveal.GetProperty("tally").GetProperty("right").GetInt32()));
        Assert.Equal("[2]", reveal.GetProperty("answer").GetProperty("choices").GetRawText());
        var score = await right.SeesOfAsync("score", question);
        Assert.Equal((true, 2.0), (score.GetProperty("right").GetBoolean(), score.GetProperty("points").GetDouble()));
        Assert.False((await wrong.SeesOfAsync("score", question)).GetProperty("right").GetBoolean());
    }

    [Fact]
    public async Task A_student_is_told_neither_the_right_answer_nor_others_answers_before_the_reveal()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var (one, other) = (await StudentAsync(school, "小明"), await StudentAsync(school, "小刚"));
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, "教室", "room-1");
        var question = await teacher.AskAsync(Of(QuestionKind.Text, new RightAnswer(Texts: ["秘密的答案"])));

        await one.AnswerAsync(question, new AnswerValue(Text: "我写的"));
        await other.AnswerAsync(question, new AnswerValue(Text: "别人写的"));
        var closed = await teacher.DoAsync("CloseQuestion", question);
        var late = await StudentAsync(school, "迟到");

        await teacher.CatchUpAsync(closed.Seq);
        foreach (var page in new[] { one, late, station })
        {
            await page.CatchUpAsync(closed.Seq);
            Assert.Contains("question.ask", page.Told(), StringComparison.Ordinal);
            Assert.DoesNotContain("秘密的答案", page.Told(), StringComparison.Ordinal);
            Assert.DoesNotContain("别人写的", page.Told(), StringComparison.Ordinal);
            Assert.DoesNotContain(page.Events, e => e.Kind is "question.key" or "score");
        }

        Assert.Contains("我写的", one.Told(), StringComparison.Ordinal);
        Assert.Contains("别人写的", teacher.Told(), StringComparison.Ordinal);

        var revealed = await teacher.DoAsync("RevealQuestion", question, null);
        await one.CatchUpAsync(revealed.Seq);
        Assert.Contains("秘密的答案", one.Told(), StringComparison.Ordinal);
        Assert.DoesNotContain("别人写的", one.Told(), StringComparison.Ordinal);
        Assert.Single(one.Events, e => e.Kind == "score");
    }

    [Fact]
    public async Task An_answer_that_is_sent_again_is_applied_once_also_after_closing_and_after_a_restart()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await StudentAsync(school, "小明");
        var question = await teacher.AskAsync(Which());
        object[] call = ["the-one-key", question, Choice(2)];
        var first = await student.Hub.CallAsync<Ack>("AnswerQuestion", call);
        var closed = await teacher.DoAsync("CloseQuestion", question);

        Assert.Equal(first, await student.Hub.CallAsync<Ack>("AnswerQuestion", call));
        await school.RestartAsync();
        var back = await school.ConnectAsync(student.Token);
        await back.JoinAsync(student.Reply.ResumeToken, closed.Seq);
        Assert.Equal(first, await back.Hub.CallAsync<Ack>("AnswerQuestion", call));
        var observer = await school.JoinAsync("lesson-1", LessonRole.Observer);
        Assert.Single(observer.Events, e => e.Kind == "answer");
    }

    [Fact]
    public async Task An_answer_that_comes_after_closing_is_refused()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await StudentAsync(school, "小明");
        var question = await teacher.AskAsync(Which());
        await teacher.DoAsync("CloseQuestion", question);

        Assert.Equal("question_closed", await student.RefusalOfAsync("AnswerQuestion", question, Choice(2)));
        Assert.Equal("question_not_found", await student.RefusalOfAsync("AnswerQuestion", "none", Choice(2)));
    }

    [Fact]
    public async Task The_countdown_closes_the_question_and_can_be_moved()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await StudentAsync(school, "小明");
        var question = await teacher.AskAsync(Which(seconds: 30));
        await school.PassAsync(TimeSpan.FromSeconds(20));
        await teacher.DoAsync("ExtendQuestion", question, 30);

        await school.PassAsync(TimeSpan.FromSeconds(39));
        await student.AnswerAsync(question, Choice(2));
        await school.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("server", (await student.SeesAsync("question.close")).Who);
        Assert.Equal("question_closed", await student.RefusalOfAsync("AnswerQuestion", question, Choice(1)));
        Assert.Equal(59_000, (await teacher.SeesAsync("answer")).Body.GetProperty("ms").GetInt64());
    }

    [Fact]
    public async Task A_restart_in_the_middle_keeps_the_question_its_answers_and_time_for_those_that_were_cut_off()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var (early, cutOff) = (await StudentAsync(school, "小明"), await StudentAsync(school, "小刚"));
        var question = await teacher.AskAsync(Which(seconds: 30));
        await early.AnswerAsync(question, Choice(2));
        school.Time.Advance(TimeSpan.FromSeconds(40));

        await school.RestartAsync();
        await school.PassAsync(TimeSpan.FromSeconds(1));
        var back = await school.ConnectAsync(cutOff.Token);
        await back.JoinAsync(cutOff.Reply.ResumeToken);
        await back.AnswerAsync(question, Choice(1));
        await school.PassAsync(TimeSpan.FromSeconds(14));
        Assert.DoesNotContain(back.Events, e => e.Kind == "question.close");
        await school.PassAsync(TimeSpan.FromSeconds(1));

        await back.SeesAsync("question.close");
        var again = await school.JoinAsync("lesson-1", LessonRole.Teacher);
        await again.DoAsync("RevealQuestion", question, null);
        Assert.Equal("[0,1,1,0]", (await again.SeesOfAsync("question.reveal", question)).GetProperty("tally").GetProperty("counts").GetRawText());
    }

    [Fact]
    public async Task One_question_runs_at_a_time_and_a_late_joiner_sees_it_with_nothing_of_the_others()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await StudentAsync(school, "小明");
        var first = await teacher.AskAsync(Which(seconds: 60));
        await student.AnswerAsync(first, Choice(2));

        Assert.Equal("question_running", await teacher.RefusalOfAsync("AskQuestion", Which(), null));
        var late = await StudentAsync(school, "迟到");
        var seen = await late.SeesOfAsync("question.ask", first);
        Assert.Equal(4, seen.GetProperty("choices").GetArrayLength());
        Assert.True(seen.GetProperty("closesAt").GetInt64() > seen.GetProperty("askedAt").GetInt64());
        Assert.DoesNotContain(late.Events, e => e.Kind == "answer");

        await teacher.DoAsync("FinishQuestion", first);
        var second = await teacher.AskAsync(Of(QuestionKind.TrueFalse));
        await late.SeesOfAsync("question.ask", second);
    }

    [Fact]
    public async Task A_tablet_that_comes_back_with_nothing_knows_its_own_answer()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await StudentAsync(school, "小明");
        var question = await teacher.AskAsync(Which());
        await student.AnswerAsync(question, Choice(3));
        await student.DisposeAsync();

        var back = await school.ConnectAsync(student.Token);
        await back.JoinAsync(student.Reply.ResumeToken);

        Assert.Equal("[3]", (await back.SeesOfAsync("answer", question)).GetProperty("value").GetProperty("choices").GetRawText());
    }

    [Fact]
    public async Task A_question_made_up_on_the_spot_gets_its_right_answer_with_the_reveal_and_may_be_corrected()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await StudentAsync(school, "小明");
        var question = await teacher.AskAsync(new QuestionDraft(QuestionKind.Single, "", ["", "", "", ""], null, 0, 1, null));
        await student.AnswerAsync(question, Choice(1));

        Assert.Equal("bad_request", await teacher.RefusalOfAsync("RevealQuestion", question, new RightAnswer(Choices: [4])));
        await teacher.DoAsync("RevealQuestion", question, new RightAnswer(Choices: [0]));
        await teacher.DoAsync("RevealQuestion", question, new RightAnswer(Choices: [1]));

        await student.SeesAsync("score", body => body.GetProperty("right").GetBoolean());
        Assert.Equal([false, true], student.Events.Where(e => e.Kind == "score").Select(e => e.Body.GetProperty("right").GetBoolean()));
    }

    [Fact]
    public async Task The_teacher_marks_texts_that_no_comparison_knows_and_shows_one_without_the_name()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var (one, other) = (await StudentAsync(school, "小明"), await StudentAsync(school, "小刚"));
        var question = await teacher.AskAsync(Of(QuestionKind.Text, new RightAnswer(Texts: ["通分"])));
        await one.AnswerAsync(question, new AnswerValue(Text: "先化成同分母"));
        Assert.Equal("question_running", await teacher.RefusalOfAsync("ShowAnswer", question, one.Id));
        await teacher.DoAsync("CloseQuestion", question);

        await teacher.DoAsync("MarkAnswer", question, one.Id, true);
        Assert.Equal("answer_not_found", await teacher.RefusalOfAsync("MarkAnswer", question, other.Id, true));
        await teacher.DoAsync("ShowAnswer", question, one.Id);
        var revealed = await teacher.DoAsync("RevealQuestion", question, null);

        var shown = await other.SeesOfAsync("question.show", question);
        Assert.Equal("先化成同分母", shown.GetProperty("text").GetString());
        Assert.DoesNotContain(one.Id, shown.GetRawText(), StringComparison.Ordinal);
        await one.CatchUpAsync(revealed.Seq);
        Assert.True(Assert.Single(one.Events, e => e.Kind == "score").Body.GetProperty("right").GetBoolean());
    }

    [Theory]
    [InlineData(QuestionKind.Single, "{\"choices\":[3]}")]
    [InlineData(QuestionKind.Single, "{\"choices\":[0,1]}")]
    [InlineData(QuestionKind.Single, "{\"text\":\"A\"}")]
    [InlineData(QuestionKind.Single, "null")]
    [InlineData(QuestionKind.Multiple, "{\"choices\":[]}")]
    [InlineData(QuestionKind.Multiple, "{\"choices\":[-1]}")]
    [InlineData(QuestionKind.TrueFalse, "{\"choices\":[2]}")]
    [InlineData(QuestionKind.Number, "{\"number\":1e300}")]
    [InlineData(QuestionKind.Text, "{\"text\":\"  \"}")]
    [InlineData(QuestionKind.Picture, "{\"picture\":\"0000\"}")]
    public async Task An_answer_that_does_not_fit_is_refused(QuestionKind kind, string value)
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await StudentAsync(school, "小明");
        var question = await teacher.AskAsync(Of(kind));

        Assert.Equal("bad_request", await student.RefusalOfAsync("AnswerQuestion", question, JsonSerializer.Deserialize<JsonElement>(value)));
    }

    [Fact]
    public async Task A_question_that_nobody_could_answer_is_not_asked()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        QuestionDraft?[] drafts =
        [
            null,
            Of(QuestionKind.Single) with { Choices = ["只有一个"] },
            Of(QuestionKind.Number, new RightAnswer(Number: double.MaxValue)),
            Which() with { Answer = new RightAnswer(Choices: [4]) },
            Which() with { Seconds = -1 },
            Which() with { Points = 101 },
            Which() with { Text = new string('长', 1001) },
            Which() with { KnowledgePointId = "of-another-chapter" },
            Which() with { Kind = (QuestionKind)99 },
        ];
        foreach (var draft in drafts)
        {
            await Assert.ThrowsAsync<HubRefusal>(() => teacher.DoAsync("AskQuestion", draft, null));
        }

        Assert.DoesNotContain(teacher.Events, e => e.Kind == "question.ask");
    }

    [Fact]
    public async Task The_roster_is_told_to_staff_for_the_names_that_are_missing()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();

        var roster = await teacher.Hub.CallAsync<RosterPupil[]>("ClassRoster");

        Assert.Equal(("小明", "room-1", "五年级1班", "星海"), roster.Select(pupil => (pupil.Name, pupil.ClassroomId, pupil.ClassName, pupil.SchoolShortName)).Single());
    }

    private static Task<Page> StudentAsync(TestSchool school, string name) => school.JoinAsync("lesson-1", LessonRole.Student, name, "room-1");
}
