using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Questions;

public sealed class SqliteFilmQuestionTests() : FilmQuestionTests(TestProvider.Sqlite);

public sealed class PostgresFilmQuestionTests() : FilmQuestionTests(TestProvider.Postgres);

public abstract class FilmQuestionTests(TestProvider provider) : IAsyncLifetime
{
    private static readonly FilmQuestionEdit Choice = new("q1", 65_000, QuestionKind.Multiple, "哪些是方程？", ["x+1=2", "1+1=2", "y>3"], new FilmAnswer([0]), "含有未知数的等式");
    private static readonly FilmQuestionEdit Sum = new("q2", 62_000, QuestionKind.Number, "x+1=2.1，x=？", [], new FilmAnswer(Number: 1.1), "");

    private LibraryWorld _world = null!;
    private CourseDraft _draft = null!;

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
    public async Task Questions_stand_where_the_film_comes_to_them_and_keep_what_is_right_to_themselves()
    {
        await SaveAsync([Choice, Sum, Sum with { Id = "away", AtMs = 100_000 }]);
        await PublishAsync();

        var play = await _world.As("student").GetAsync<CoursePlay>($"/api/courses/{_draft.Id}/play");
        Assert.Equal([("q2", 2_000L), ("q1", 5_000L)], play.Questions.Select(question => (question.Id, question.AtMs)));
        Assert.Equal(Choice.Choices, play.Questions[1].Choices);
        Assert.DoesNotContain("含有未知数", await _world.As("student").GetTextAsync($"/api/courses/{_draft.Id}/play"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_answer_of_each_viewer_counts_and_each_is_told_what_is_right()
    {
        await SaveAsync([Choice, Sum]);
        await PublishAsync();

        var wrong = await AnswerAsync("student", "q1", new FilmAnswer([0, 2]));
        Assert.Equal((false, "含有未知数的等式"), (wrong.IsRight, wrong.Explanation));
        Assert.Equal(0, Assert.Single(wrong.Answer.Choices!));
        Assert.True((await AnswerAsync("student", "q1", new FilmAnswer([0]))).IsRight);
        Assert.True((await AnswerAsync("teacher", "q1", new FilmAnswer([0]))).IsRight);
        Assert.True((await AnswerAsync("teacher", "q2", new FilmAnswer(Number: 1.1))).IsRight);

        var statistics = await _world.As("editor").GetAsync<CourseStatistics>($"/api/courses/{_draft.Id}/statistics");
        Assert.Equal([("q2", 1, 1), ("q1", 2, 1)], statistics.Questions.Select(question => (question.Id, question.Answered, question.Right)));
        Assert.Equal(2, await _world.ReadAsync(db => db.CourseAnswers.Where(answer => answer.AccountId == "student").Select(answer => answer.Tries).SingleAsync()));
    }

    [Fact]
    public async Task Before_it_is_published_answers_are_judged_and_not_counted()
    {
        await SaveAsync([Sum]);

        Assert.False((await AnswerAsync("editor", "q2", new FilmAnswer(Number: 1))).IsRight);
        Assert.Equal(403, await _world.As("student").StatusAsync(HttpMethod.Post, $"/api/courses/{_draft.Id}/answers", new FilmAnswerGiven("q2", new FilmAnswer(Number: 1))));
        Assert.Equal(0, await _world.ReadAsync(db => db.CourseAnswers.CountAsync()));
    }

    [Fact]
    public async Task Strangers_answer_questions_of_public_courses_only_and_are_not_counted()
    {
        await SaveAsync([Sum]);
        await PublishAsync();
        var (path, given) = ($"/api/public/courses/{_draft.Id}/answers", new FilmAnswerGiven("q2", new FilmAnswer(Number: 1.1)));
        Assert.Equal(404, await _world.Anonymous().StatusAsync(HttpMethod.Post, path, given));

        await _world.As("editor").PutAsync<PublicChange>($"/api/courses/{_draft.Id}/public", new PublicChange(true));
        Assert.True((await _world.Anonymous().PostAsync<FilmAnswerJudged>(path, given)).IsRight);
        Assert.Equal(0, await _world.ReadAsync(db => db.CourseAnswers.CountAsync()));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_by_name()
    {
        FilmQuestionEdit[] questions =
        [
            Choice with { Id = "a b", Text = " " }, Choice with { Id = "c", Choices = ["one"], Answer = new FilmAnswer([1]) },
            Sum with { Id = "d", AtMs = 99_000_000, Answer = new FilmAnswer(Number: 1e99) }, Sum with { Id = "e", Kind = QuestionKind.Text },
        ];
        var refusal = await _world.As("editor").RefusalAsync(HttpMethod.Put, $"/api/courses/{_draft.Id}", Save(questions));

        Assert.Equal(400, refusal.Status);
        Assert.Equal(
            ["questions[0].id", "questions[0].questionText", "questions[1].choices", "questions[1].answer", "questions[2].questionAt", "questions[2].answer", "questions[3].answer"],
            refusal.Fields);

        await SaveAsync([Choice]);
        Assert.Equal((400, "invalid"), await RefusedAsync("q1", new FilmAnswer([7])));
        Assert.Equal((400, "invalid"), await RefusedAsync("q1", new FilmAnswer(Number: 7)));
        Assert.Equal((404, "question_not_found"), await RefusedAsync("nothing", new FilmAnswer([0])));
    }

    [Fact]
    public async Task A_saved_question_stays_itself_and_one_that_is_gone_takes_its_answers_along()
    {
        await SaveAsync([Choice, Sum]);
        await using (var db = _world.Database.Create())
        {
            db.CourseAnswers.AddRange(new[] { "q1", "q2" }.Select(id => new CourseAnswer { MicroCourseId = _draft.Id, QuestionId = id, AccountId = "student", Tries = 1, FirstAt = _world.Time.UtcNow }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await SaveAsync([Choice with { AtMs = 70_000 }], version: 2);

        Assert.Equal("q1", await _world.ReadAsync(db => db.CourseAnswers.Select(answer => answer.QuestionId).SingleAsync()));
        Assert.Equal(70_000, Assert.Single((await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{_draft.Id}/draft")).Questions).AtMs);
    }

    [Fact]
    public async Task Prepared_questions_of_the_lesson_are_offered_as_far_as_a_film_can_ask_them()
    {
        await using (var db = _world.Database.Create())
        {
            db.LessonQuestions.AddRange(
                new LessonQuestion { Id = "p1", LessonId = "lesson", Kind = QuestionKind.TrueFalse, Text = "x=1 是方程", Answer = "{\"choices\":[0]}" },
                new LessonQuestion { Id = "p2", LessonId = "lesson", Position = 1, Kind = QuestionKind.Text, Text = "说说看", Answer = "{\"texts\":[\"a\"]}" },
                new LessonQuestion { Id = "p3", LessonId = "lesson", Position = 2, Kind = QuestionKind.Single, Text = "没有答案", Choices = "[\"a\",\"b\"]" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var prepared = await _world.As("editor").GetAsync<FilmQuestionEdit[]>($"/api/courses/{_draft.Id}/prepared-questions");
        Assert.Equal(("p1", QuestionKind.TrueFalse), (Assert.Single(prepared).Id, prepared[0].Kind));
        Assert.Equal(403, await _world.As("student").StatusAsync(HttpMethod.Get, $"/api/courses/{_draft.Id}/prepared-questions"));
    }

    private CourseSave Save(FilmQuestionEdit[] questions, int version = 1) =>
        new(version, "方程", "", CourseType.Subject, _draft.Edit, "equation", [], [], Cues: null, questions);

    private Task<CourseDraft> SaveAsync(FilmQuestionEdit[] questions, int version = 1) =>
        _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{_draft.Id}", Save(questions, version));

    private Task<FilmAnswerJudged> AnswerAsync(string account, string question, FilmAnswer answer) =>
        _world.As(account).PostAsync<FilmAnswerJudged>($"/api/courses/{_draft.Id}/answers", new FilmAnswerGiven(question, answer));

    private async Task<(int Status, string? Code)> RefusedAsync(string question, FilmAnswer answer)
    {
        var refusal = await _world.As("editor").RefusalAsync(HttpMethod.Post, $"/api/courses/{_draft.Id}/answers", new FilmAnswerGiven(question, answer));
        return (refusal.Status, refusal.Code);
    }

    private async Task PublishAsync()
    {
        await using var db = _world.Database.Create();
        var film = WorldRows.NewRendition(_draft.Id, _world.Time.UtcNow);
        db.Renditions.Add(film);
        await db.SaveChangesAsync();
        await db.MicroCourses.Where(course => course.Id == _draft.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(course => course.State, CourseState.Published).SetProperty(course => course.RenditionId, film.Id));
    }
}
