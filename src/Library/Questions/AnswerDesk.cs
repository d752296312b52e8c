using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Classroom.Library.Statements;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Questions;

/// <summary>Takes the answers of viewers, says what is right, and counts the first answer of each.</summary>
internal sealed class AnswerDesk(ClassroomDb db, CourseLoader loader, StatementWriter statements, TimeProvider time)
{
    public async Task<Reply<FilmAnswerJudged>> AnswerAsync(string id, FilmAnswerGiven given, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MayPlay, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        var judged = Judge(course, given);
        if (judged.Value is { } answer && course.State == CourseState.Published)
        {
            await CountAsync(id, given.QuestionId, caller.AccountId, answer.IsRight, cancellationToken);
            await statements.AddAnsweredAsync(caller, course, given.QuestionId, answer.IsRight, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return judged;
    }

    /// <summary>For somebody who is not signed in: told, and not counted.</summary>
    public async Task<Reply<FilmAnswerJudged>> AnswerPublicAsync(string id, FilmAnswerGiven given, CancellationToken cancellationToken) =>
        await loader.LoadPublicAsync(id, cancellationToken) is { } course ? Judge(course, given) : Problems.CourseNotFound;

    /// <summary>What was prepared for the lesson, as far as a film can ask it.</summary>
    public async Task<Reply<FilmQuestionEdit[]>> PreparedAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        var rows = await db.LessonQuestions.AsNoTracking().Where(question => question.LessonId == course.LessonId).OrderBy(question => question.Position).ToListAsync(cancellationToken);
        return rows.Select(FilmQuestions.FromPrepared).OfType<FilmQuestionEdit>().ToArray();
    }

    /// <summary>How many answered each question, and how many of them rightly.</summary>
    public async Task<QuestionCount[]> CountsAsync(MicroCourse course, CancellationToken cancellationToken)
    {
        var counts = await db.CourseAnswers.Where(answer => answer.MicroCourseId == course.Id).GroupBy(answer => answer.QuestionId)
            .Select(group => new { group.Key, Answered = group.Count(), Right = group.Count(answer => answer.IsRight) })
            .ToDictionaryAsync(row => row.Key, cancellationToken);
        return [.. FilmQuestions.OfCourse(course).Select(question =>
            counts.TryGetValue(question.Id, out var count) ? new QuestionCount(question.Id, question.Text, count.Answered, count.Right) : new QuestionCount(question.Id, question.Text, 0, 0))];
    }

    private static Reply<FilmAnswerJudged> Judge(MicroCourse course, FilmAnswerGiven given)
    {
        if (course.Questions.Find(row => row.Id == given.QuestionId) is not { } row)
        {
            return Problems.QuestionNotFound;
        }

        var question = FilmQuestions.ToEdit(row);
        return given.Answer is { } answer && FilmQuestionRules.Fits(question.Kind, question.Choices.Length, answer)
            ? new FilmAnswerJudged(FilmQuestionRules.IsRight(question.Kind, question.Answer, answer), question.Answer, question.Explanation)
            : Problems.Invalid([new ApiProblemField("answer", "This is no answer to this kind of question.")]);
    }

    private async Task CountAsync(string id, string questionId, string accountId, bool isRight, CancellationToken cancellationToken)
    {
        if (await TryAgainAsync())
        {
            return;
        }

        db.CourseAnswers.Add(new CourseAnswer { MicroCourseId = id, QuestionId = questionId, AccountId = accountId, IsRight = isRight, Tries = 1, FirstAt = time.GetUtcNow().UtcDateTime });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // A second page of the same viewer was first.
            await TryAgainAsync();
        }

        async Task<bool> TryAgainAsync() => await db.CourseAnswers
            .Where(answer => answer.MicroCourseId == id && answer.QuestionId == questionId && answer.AccountId == accountId)
            .ExecuteUpdateAsync(set => set.SetProperty(answer => answer.Tries, answer => answer.Tries + 1), cancellationToken) == 1;
    }
}
