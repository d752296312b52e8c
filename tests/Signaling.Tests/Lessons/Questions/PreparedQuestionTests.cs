using System.Net;
using System.Net.Http.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Hub;
using static Classroom.Signaling.Tests.Live.Questions.Asking;

namespace Classroom.Signaling.Tests.Lessons.Questions;

/// <summary>Questions on the lesson's page.</summary>
public sealed class PreparedQuestionTests
{
    private const string Path = "/api/lessons/lesson-1/questions";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task A_teacher_adds_changes_copies_orders_and_deletes_questions(TestProvider provider)
    {
        await using var school = await TestSchool.OpenAsync(provider);
        using var teacher = await school.SignInAsync("teacher1");
        QuestionDraft[] drafts = [Which(seconds: 60), Of(QuestionKind.Number, new RightAnswer(Number: 0.75, Tolerance: 0.01)), Of(QuestionKind.Text, new RightAnswer(Texts: [" 通分 ", "通分"]))];

        var added = await ReadAsync(await teacher.PostAsJsonAsync(Path, new QuestionDrafts(drafts), HubClient.Json, Ct));
        using (var changed = await teacher.PutAsJsonAsync($"{Path}/{added[0].Id}", Which(seconds: 90), HubClient.Json, Ct))
        {
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }

        var copied = await ReadAsync(await teacher.PostAsync($"{Path}/{added[0].Id}/copy", null, Ct));
        Assert.Equal([90, 90, 0, 0], copied.Select(row => row.Draft.Seconds));
        var ordered = await ReadAsync(await teacher.PutAsJsonAsync($"{Path}/order", new QuestionOrder([.. copied.Reverse().Select(row => row.Id)]), HubClient.Json, Ct));
        Assert.Equal([QuestionKind.Text, QuestionKind.Number, QuestionKind.Single, QuestionKind.Single], ordered.Select(row => row.Draft.Kind));
        Assert.Equal(["通分"], ordered[0].Draft.Answer!.Texts!);
        Assert.Equal((0.75, 0.01), (ordered[1].Draft.Answer!.Number, ordered[1].Draft.Answer!.Tolerance));
        var left = await ReadAsync(await teacher.DeleteAsync($"{Path}/{copied[1].Id}", Ct));
        Assert.Equal(3, left.Length);
        using var stale = await teacher.PutAsJsonAsync($"{Path}/order", new QuestionOrder([copied[1].Id]), HubClient.Json, Ct);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
    }

    [Theory]
    [InlineData("teacher2", HttpStatusCode.Forbidden)]
    [InlineData("student1", HttpStatusCode.Forbidden)]
    [InlineData("supervisor", HttpStatusCode.Forbidden)]
    [InlineData("technician", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Right_answers_are_read_only_by_those_who_plan_the_lesson(string account, HttpStatusCode expected)
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = await school.SignInAsync(account);
        foreach (var path in new[] { Path, "/api/lessons/lesson-1/answers", "/api/lessons/lesson-1/answers.csv" })
        {
            Assert.Equal((path, expected), (path, (await browser.GetAsync(path, Ct)).StatusCode));
        }

        using var added = await browser.PostAsJsonAsync(Path, new QuestionDrafts([Which()]), HubClient.Json, Ct);
        Assert.Equal(expected, added.StatusCode);
        using var nobody = school.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(Path, Ct)).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_in_a_pasted_list_is_named_with_its_place_and_nothing_is_added()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");

        using var reply = await teacher.PostAsJsonAsync(Path, new QuestionDrafts([Which(), Which() with { Text = " ", Answer = new RightAnswer(Choices: [9]) }]), HubClient.Json, Ct);

        var error = await reply.Content.ReadFromJsonAsync<ApiError>(HubClient.Json, Ct);
        Assert.Equal(["[1].text", "[1].answer"], error!.Fields!.Select(field => field.Field));
        Assert.Empty((await teacher.GetFromJsonAsync<QuestionRow[]>(Path, HubClient.Json, Ct))!);
    }

    private static async Task<QuestionRow[]> ReadAsync(HttpResponseMessage reply)
    {
        using (reply)
        {
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            return (await reply.Content.ReadFromJsonAsync<QuestionRow[]>(HubClient.Json, Ct))!;
        }
    }
}
