using System.Net.Http.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Lessons.Questions;
using Classroom.TestKit.Hub;
using Microsoft.EntityFrameworkCore;
using static Classroom.Signaling.Tests.Live.Questions.Asking;

namespace Classroom.Signaling.Tests.Lessons.Questions;

/// <summary>What stays of the answers after the lesson.</summary>
public sealed class AnswersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_has_every_child_of_the_class_and_no_formula()
    {
        await using var school = await TestSchool.OpenAsync();
        await HoldAsync(school);
        using var browser = await school.SignInAsync("teacher1");

        var bytes = await browser.GetByteArrayAsync("/api/lessons/lesson-1/answers.csv", Ct);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.StartsWith("座号,姓名,学校,班级,得分,1. 3/4 和 0.75，哪个大？ 作答,1. 对错,1. 得分,1. 用时（秒）,2. 题目 作答", lines[0], StringComparison.Ordinal);
        Assert.Equal("1,小明,园区星海小学,五年级1班,2,C,对,2,4.0,\"'=HYPERLINK(\"\"http://x\"\",\"\"1\"\")\",,,4.0", lines[1]);
        Assert.Equal(",'+小刚,,,0,B,错,0,4.0,,,,", lines[2]);
        Assert.Equal("", lines[3]);
    }

    [Fact]
    public async Task The_page_after_the_lesson_has_questions_answers_and_people_and_each_look_is_written_down()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await HoldAsync(school);
        await teacher.DoAsync("StartLesson");
        await teacher.DoAsync("EndLesson");
        using var browser = await school.SignInAsync("teacher1");

        var answers = (await browser.GetFromJsonAsync<LessonAnswers>("/api/lessons/lesson-1/answers", HubClient.Json, Ct))!;

        Assert.Equal([("小明", true), ("+小刚", true)], answers.People.Select(person => (person.Name, person.WasHere)));
        Assert.Equal([0, 1, 1, 0], answers.Questions[0].Tally.Counts);
        Assert.Equal([true, false], answers.Questions[0].Answers.Select(answer => answer.Right));
        await using var db = school.Database.Create();
        Assert.Equal(("account-teacher1", "lesson-1"), await db.AccessLog.Where(entry => entry.ObjectKind == "answers").Select(entry => new ValueTuple<string?, string>(entry.AccountId, entry.ObjectId)).SingleAsync(Ct));
    }

    [Fact]
    public async Task A_child_that_changed_tablets_is_one_child_with_the_later_answer()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var (first, second) = (await school.JoinAsync("lesson-1", LessonRole.Student, "小明", "room-1"), await school.JoinAsync("lesson-1", LessonRole.Student, "小明", "room-1"));
        var question = await teacher.AskAsync(Which());
        await first.AnswerAsync(question, Choice(0));
        school.Time.Advance(TimeSpan.FromSeconds(1));
        await second.AnswerAsync(question, Choice(2));
        using var browser = await school.SignInAsync("teacher1");

        var answers = (await browser.GetFromJsonAsync<LessonAnswers>("/api/lessons/lesson-1/answers", HubClient.Json, Ct))!;

        Assert.Equal([2], Assert.Single(answers.Questions[0].Answers).Value.Choices!);
        Assert.Single(answers.People);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86 512", "'+86 512")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-3.5", "-3.5")]
    [InlineData("-3.5+1", "'-3.5+1")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("两\n行", "\"两\n行\"")]
    public void A_cell_is_never_a_formula(string text, string cell) => Assert.Equal(cell, CsvText.Line([text]));

    /// <summary>Two questions; one child is on the roster, the other came with a name that spreadsheets would run.</summary>
    private static async Task<Page> HoldAsync(TestSchool school)
    {
        var teacher = await school.OpenLessonAsync();
        var known = await school.JoinAsync("lesson-1", LessonRole.Student, "小明", "room-1");
        var guest = await school.JoinAsync("lesson-1", LessonRole.Student, "+小刚");
        var first = await teacher.AskAsync(Which());
        school.Time.Advance(TimeSpan.FromSeconds(4));
        await known.AnswerAsync(first, Choice(2));
        await guest.AnswerAsync(first, Choice(1));
        await teacher.DoAsync("RevealQuestion", first, null);
        var second = await teacher.AskAsync(Of(QuestionKind.Text));
        school.Time.Advance(TimeSpan.FromSeconds(4));
        await known.AnswerAsync(second, new AnswerValue(Text: "=HYPERLINK(\"http://x\",\"1\")"));
        await teacher.DoAsync("FinishQuestion", second);
        return teacher;
    }
}
