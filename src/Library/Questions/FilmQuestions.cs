using System.Text.Json;
using Classroom.Data;
using Classroom.Library.Contracts;

namespace Classroom.Library.Questions;

/// <summary>Questions of a film between their rows, their editor and their viewers.</summary>
internal static class FilmQuestions
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static FilmQuestionEdit[] OfCourse(MicroCourse course) => [.. course.Questions.OrderBy(question => question.AtMs).ThenBy(question => question.Id, StringComparer.Ordinal).Select(ToEdit)];

    /// <summary>Where the film comes to them; what was cut away is not asked.</summary>
    public static FilmQuestion[] OfFilm(MicroCourse course)
    {
        var edit = EditList.Parse(course.EditJson);
        return [.. OfCourse(course)
            .SelectMany(question => FilmTimes.OfLesson(edit, question.AtMs, question.AtMs + 1).Take(1)
                .Select(time => new FilmQuestion(question.Id, time.FromMs, question.Kind, question.Text, question.Choices)))
            .OrderBy(question => question.AtMs)];
    }

    public static FilmQuestionEdit ToEdit(CourseQuestion row) =>
        new(row.Id, row.AtMs, row.Kind, row.Text, Choices(row.Choices), Answer(row.Answer), row.Explanation);

    /// <summary>A question that was prepared for the lesson; null when nobody but a person can judge it.</summary>
    public static FilmQuestionEdit? FromPrepared(LessonQuestion prepared)
    {
        var question = new FilmQuestionEdit(
            prepared.Id, AtMs: 0, prepared.Kind, prepared.Text, Choices(prepared.Choices), prepared.Answer.Length == 0 ? new FilmAnswer() : Answer(prepared.Answer), "");
        return FilmQuestionRules.Fits(question.Kind, question.Choices.Length, question.Answer) ? question : null;
    }

    /// <summary>Brings the rows to what was saved.</summary>
    public static void Apply(MicroCourse course, FilmQuestionEdit[] saved)
    {
        var rows = course.Questions.ToDictionary(row => row.Id, StringComparer.Ordinal);
        course.Questions.RemoveAll(row => !saved.Any(question => question.Id == row.Id));
        foreach (var question in saved)
        {
            if (!rows.TryGetValue(question.Id, out var row))
            {
                row = new CourseQuestion { MicroCourseId = course.Id, Id = question.Id, Text = "", Answer = "" };
                course.Questions.Add(row);
            }

            (row.AtMs, row.Kind, row.Text, row.Explanation) = (question.AtMs, question.Kind, question.Text.Trim(), question.Explanation.Trim());
            (row.Choices, row.Answer) = (JsonSerializer.Serialize(question.Choices, s_json), JsonSerializer.Serialize(question.Answer, s_json));
        }
    }

    private static string[] Choices(string json) => JsonSerializer.Deserialize<string[]>(json, s_json) ?? [];

    private static FilmAnswer Answer(string json) => JsonSerializer.Deserialize<FilmAnswer>(json, s_json) ?? new FilmAnswer();
}
