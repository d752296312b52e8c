using System.Globalization;
using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Lessons.Questions;

/// <summary>The answers of a lesson as a table for spreadsheets: a child in each row, four columns for each question.</summary>
internal sealed class AnswersTable(LessonAnswers answers, AnswersTableWords words)
{
    public string Write()
    {
        var given = answers.Questions.Select(question => question.Answers.ToDictionary(answer => answer.Person)).ToArray();
        var lines = new List<string> { CsvText.Line(Head()) };
        for (var person = 0; person < answers.People.Length; person++)
        {
            lines.Add(CsvText.Line(Row(person, given)));
        }

        return CsvText.File(lines);
    }

    private IEnumerable<string> Head() =>
    [
        words.Number, words.Name, words.School, words.Class, words.Points,
        .. answers.Questions.SelectMany((question, place) => Columns(place + 1, question)),
    ];

    private IEnumerable<string> Columns(int number, AnsweredQuestion question)
    {
        var text = question.Text.ReplaceLineEndings(" ");
        var title = text.Length > 0 ? $"{number}. {text}" : $"{number}.";
        return [$"{title} {words.Answer}", $"{number}. {words.Right}", $"{number}. {words.Points}", $"{number}. {words.Seconds}"];
    }

    private IEnumerable<string> Row(int place, Dictionary<int, GivenAnswerRow>[] given)
    {
        var person = answers.People[place];
        var total = given.Sum(byPerson => byPerson.TryGetValue(place, out var answer) ? answer.Points : 0);
        return
        [
            person.Number, person.Name, person.School, person.Class, Number(total),
            .. given.SelectMany((byPerson, question) => byPerson.TryGetValue(place, out var answer) ? Cells(answers.Questions[question].Kind, answer) : ["", "", "", ""]),
        ];
    }

    private IEnumerable<string> Cells(QuestionKind kind, GivenAnswerRow answer) =>
    [
        Value(kind, answer.Value),
        answer.Right switch { true => words.Yes, false => words.No, null => "" },
        answer.Right is null ? "" : Number(answer.Points),
        answer.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
    ];

    private string Value(QuestionKind kind, AnswerValue value) => (kind, value) switch
    {
        (QuestionKind.TrueFalse, { Choices: [var only] }) => only == 0 ? words.True : words.False,
        (_, { Choices: { } choices }) => string.Concat(choices.Select(place => (char)('A' + place))),
        (_, { Number: { } number }) => Number(number),
        (_, { Text: { } text }) => text,
        (_, { Picture: not null }) => words.Photo,
        _ => "",
    };

    private static string Number(double number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}

/// <summary>The words of the table in one language.</summary>
internal sealed record AnswersTableWords(
    string Number, string Name, string School, string Class, string Answer, string Right, string Points, string Seconds, string Yes, string No, string True, string False, string Photo)
{
    public static AnswersTableWords Of(string? language) => language == "en"
        ? new("Number", "Name", "School", "Class", "answer", "right", "points", "seconds", "yes", "no", "true", "false", "photo")
        : new("座号", "姓名", "学校", "班级", "作答", "对错", "得分", "用时（秒）", "对", "错", "对", "错", "照片");
}
