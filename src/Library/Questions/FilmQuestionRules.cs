using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;

namespace Classroom.Library.Questions;

/// <summary>What questions of a film and answers to them may look like, and which answer is right.</summary>
internal static class FilmQuestionRules
{
    public const int Most = 50;
    private const int LongestId = 40;
    private const int LongestText = 1_000;
    private const int LongestChoice = 200;
    private const int MostChoices = 8;
    private const double LargestNumber = 1e15;

    /// <summary>What numbers that were written in decimals are off by as binary ones.</summary>
    private const double Rounding = 1e-9;

    public static void Check(List<ApiProblemField> found, FilmQuestionEdit[] questions, long recordingMs)
    {
        DraftRules.Require(found, questions.Length <= Most, "questions", $"At most {Most} questions.");
        DraftRules.Require(found, questions.Select(question => question.Id).Distinct(StringComparer.Ordinal).Count() == questions.Length, "questions", "A question stands once.");
        for (var i = 0; i < Math.Min(questions.Length, Most); i++)
        {
            var (question, field) = (questions[i], $"questions[{i}]");
            DraftRules.Require(found, question.Id.Length is > 0 and <= LongestId && question.Id.All(char.IsAsciiLetterOrDigit), $"{field}.id", "This is no id.");
            DraftRules.Require(found, question.AtMs >= 0 && question.AtMs < recordingMs, $"{field}.questionAt", "A question stands within the lesson.");
            DraftRules.Require(found, question.Text.Trim().Length is > 0 and <= LongestText, $"{field}.questionText", $"A question has 1 to {LongestText} characters.");
            DraftRules.Require(found, question.Explanation.Length <= LongestText, $"{field}.explanation", $"An explanation has at most {LongestText} characters.");
            DraftRules.Require(found, AreChoices(question), $"{field}.choices", $"There are 2 to {MostChoices} choices of 1 to {LongestChoice} characters.");
            DraftRules.Require(found, Fits(question.Kind, question.Choices.Length, question.Answer), $"{field}.answer", "This can not be the right answer to this kind of question.");
        }
    }

    /// <summary>Whether this can be an answer to a question of that kind, given or right.</summary>
    public static bool Fits(QuestionKind kind, int choices, FilmAnswer answer) => (kind, answer) switch
    {
        (QuestionKind.Single, { Choices: [var only] }) => only >= 0 && only < choices,
        (QuestionKind.Multiple, { Choices: { Length: > 0 and <= MostChoices } places }) => places.All(place => place >= 0 && place < choices) && places.Distinct().Count() == places.Length,
        (QuestionKind.TrueFalse, { Choices: [0 or 1] }) => true,
        (QuestionKind.Number, { Number: { } number }) => IsNumber(number) && IsNumber(answer.Tolerance ?? 0),
        _ => false,
    };

    public static bool IsRight(QuestionKind kind, FilmAnswer right, FilmAnswer given) => kind == QuestionKind.Number
        ? given.Number is { } number && right.Number is { } wanted && Math.Abs(number - wanted) <= Math.Abs(right.Tolerance ?? 0) + (Rounding * Math.Max(1, Math.Abs(wanted)))
        : (given.Choices ?? []).Order().SequenceEqual((right.Choices ?? []).Order());

    private static bool AreChoices(FilmQuestionEdit question) => question.Kind is QuestionKind.Single or QuestionKind.Multiple
        ? question.Choices.Length is >= 2 and <= MostChoices && question.Choices.All(choice => choice is { Length: > 0 and <= LongestChoice })
        : question.Choices.Length == 0;

    private static bool IsNumber(double number) => double.IsFinite(number) && Math.Abs(number) <= LargestNumber;
}
