using System.Text.Json;
using System.Text.Json.Serialization;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Live.Questions;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons.Questions;

/// <summary>The questions that a teacher has prepared for a lesson, in their order.</summary>
internal sealed class PreparedQuestions(ClassroomDb db, KnowledgePointsOf points, TimeProvider time)
{
    public const int Most = 100;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task<QuestionRow[]> ReadAsync(string lessonId, CancellationToken cancellationToken) =>
        [.. (await OfLesson(lessonId).AsNoTracking().ToListAsync(cancellationToken)).Select(ToRow)];

    public Task<LessonQuestion?> FindAsync(string lessonId, string id, CancellationToken cancellationToken) =>
        db.LessonQuestions.FirstOrDefaultAsync(question => question.LessonId == lessonId && question.Id == id, cancellationToken);

    public Task<int> CountAsync(string lessonId, CancellationToken cancellationToken) => db.LessonQuestions.CountAsync(question => question.LessonId == lessonId, cancellationToken);

    /// <summary>Empty when the (cleaned) question can be kept.</summary>
    public async Task<IReadOnlyList<ApiProblemField>> ComplaintsAsync(Lesson lesson, QuestionDraft draft, CancellationToken cancellationToken)
    {
        var complaints = QuestionRules.Complaints(draft, isPrepared: true);
        if (draft.KnowledgePointId is null || (await points.ReadAsync(lesson.ChapterNodeId, cancellationToken)).Any(point => point.Id == draft.KnowledgePointId))
        {
            return complaints;
        }

        return [.. complaints, new ApiProblemField("knowledgePointId", "This knowledge point is not in the lesson's chapter.")];
    }

    /// <summary>Adds questions at the end.</summary>
    public async Task<QuestionRow[]> AddAsync(string lessonId, IEnumerable<QuestionDraft> drafts, CancellationToken cancellationToken)
    {
        var last = await db.LessonQuestions.Where(question => question.LessonId == lessonId).MaxAsync(question => (int?)question.Position, cancellationToken) ?? -1;
        var added = drafts.Select((draft, index) => Write(draft, new LessonQuestion { LessonId = lessonId, Text = "", Position = last + 1 + index, CreatedAt = time.GetUtcNow().UtcDateTime })).ToList();
        db.LessonQuestions.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
        return [.. added.Select(ToRow)];
    }

    public async Task<QuestionRow> ChangeAsync(LessonQuestion question, QuestionDraft draft, CancellationToken cancellationToken)
    {
        Write(draft, question);
        await db.SaveChangesAsync(cancellationToken);
        return ToRow(question);
    }

    /// <summary>A second one right behind it.</summary>
    public async Task CopyAsync(LessonQuestion question, CancellationToken cancellationToken)
    {
        var behind = await OfLesson(question.LessonId).Where(other => other.Position > question.Position).ToListAsync(cancellationToken);
        behind.ForEach(other => other.Position++);
        var copy = new LessonQuestion { LessonId = question.LessonId, Text = "", Position = question.Position + 1, CreatedAt = time.GetUtcNow().UtcDateTime };
        db.LessonQuestions.Add(Write(ToRow(question).Draft, copy));
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task DeleteAsync(LessonQuestion question, CancellationToken cancellationToken)
    {
        db.LessonQuestions.Remove(question);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>False when these are not the lesson's questions: somebody else has changed them meanwhile.</summary>
    public async Task<bool> OrderAsync(string lessonId, string[] ids, CancellationToken cancellationToken)
    {
        var questions = await OfLesson(lessonId).ToDictionaryAsync(question => question.Id, cancellationToken);
        if (ids.Length != questions.Count || ids.Distinct().Count(questions.ContainsKey) != ids.Length)
        {
            return false;
        }

        for (var place = 0; place < ids.Length; place++)
        {
            questions[ids[place]].Position = place;
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private IQueryable<LessonQuestion> OfLesson(string lessonId) => db.LessonQuestions.Where(question => question.LessonId == lessonId).OrderBy(question => question.Position);

    private static LessonQuestion Write(QuestionDraft draft, LessonQuestion question)
    {
        question.Kind = draft.Kind;
        question.Text = draft.Text;
        question.Choices = JsonSerializer.Serialize(draft.Choices, Json);
        question.Answer = draft.Answer is null ? "" : JsonSerializer.Serialize(draft.Answer, Json);
        question.Seconds = draft.Seconds;
        question.Points = draft.Points;
        question.KnowledgePointId = draft.KnowledgePointId;
        return question;
    }

    private static QuestionRow ToRow(LessonQuestion question) => new(question.Id, new QuestionDraft(
        question.Kind,
        question.Text,
        JsonSerializer.Deserialize<string[]>(question.Choices, Json) ?? [],
        question.Answer.Length > 0 ? JsonSerializer.Deserialize<RightAnswer>(question.Answer, Json) : null,
        question.Seconds,
        question.Points,
        question.KnowledgePointId));
}
