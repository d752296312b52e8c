using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Live.Questions;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons.Questions;

/// <summary>What was asked in a lesson and how it was answered, from its timeline and the rosters of its classes.</summary>
internal sealed class AnswersReader(IClassroomDbFactory databases, LessonRoster roster, KnowledgePointsOf points, AnswerPictures pictures)
{
    /// <summary>A lesson's ink is thousands of events that say nothing of answers.</summary>
    private static readonly string[] Kinds = [EventKinds.Join, .. QuestionEvents.Bodies.Keys];

    public async Task<LessonAnswers> ReadAsync(Lesson lesson, CancellationToken cancellationToken)
    {
        var state = new QuestionsState();
        var people = new AnsweringPeople(await roster.ReadAsync(lesson.Id, cancellationToken));
        foreach (var entry in await TimelineAsync(lesson.Id, cancellationToken))
        {
            if (EventKinds.Read(entry.Kind, entry.Body) is not { } body)
            {
                continue;
            }

            state.Apply(entry, body);
            if (body is JoinBody { Role: nameof(LessonRole.Student) } join)
            {
                people.Came(join);
            }
        }

        var names = (await points.ReadAsync(lesson.ChapterNodeId, cancellationToken)).ToDictionary(point => point.Id, point => point.Name);
        return new LessonAnswers([.. state.Asked.Select(question => ToAnswered(lesson.Id, question, people, names))], people.ToArray());
    }

    private async Task<List<TimelineEntry>> TimelineAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var rows = await db.Timeline.AsNoTracking().Where(row => row.LessonId == lessonId && Kinds.Contains(row.Kind)).OrderBy(row => row.Seq).ToListAsync(cancellationToken);
        return rows.ConvertAll(TimelineEntry.From);
    }

    private AnsweredQuestion ToAnswered(string lessonId, AskedQuestion question, AnsweringPeople people, Dictionary<string, string> pointNames)
    {
        // Someone who changed tablets has answered twice: the later answer counts.
        var answers = question.Answers
            .Select(given => (Person: people.PlaceOf(given.Key), Given: given.Value)).Where(row => row.Person >= 0)
            .GroupBy(row => row.Person).Select(same => same.MaxBy(row => row.Given.Ms)).OrderBy(row => row.Person);
        return new AnsweredQuestion(
            question.Id,
            question.Kind,
            question.Ask.Text,
            question.Ask.Choices,
            question.Ask.Points,
            question.Ask.KnowledgePointId is { } point ? pointNames.GetValueOrDefault(point) : null,
            question.Ask.AskedAt,
            question.Answer,
            question.Tally(),
            [.. answers.Select(row => ToRow(lessonId, row.Person, row.Given))]);
    }

    private GivenAnswerRow ToRow(string lessonId, int person, GivenAnswer given) =>
        new(person, given.Value, given.Right, given.Points, given.Ms / 1000.0, given.Value.Picture is { } picture ? pictures.Link(lessonId, picture) : null);
}
