using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Questions;

/// <summary>What questions and answers may look like, for those that are prepared and those that are asked.</summary>
internal static class QuestionRules
{
    public const int LongestCountdown = 3_600;
    private const int LongestText = 1_000;
    private const int LongestChoice = 200;
    private const int MostChoices = 8;
    private const int LongestAnswer = 500;
    private const int MostWordings = 20;
    private const double MostPoints = 100;
    private const double LargestNumber = 1e15;

    /// <summary>Without control characters and blanks around, and only with the parts that its kind has.</summary>
    public static QuestionDraft Clean(QuestionDraft draft)
    {
        var hasChoices = draft.Kind is QuestionKind.Single or QuestionKind.Multiple;
        return draft with
        {
            Text = Words(draft.Text, LongestText + 1),
            Choices = hasChoices ? [.. (draft.Choices ?? []).Select(choice => Words(choice, LongestChoice + 1))] : [],
            Answer = Clean(draft.Kind, draft.Answer),
            KnowledgePointId = string.IsNullOrEmpty(draft.KnowledgePointId) ? null : draft.KnowledgePointId,
        };
    }

    /// <summary>Empty when the (cleaned) question may be asked.</summary>
    /// <param name="isPrepared">Prepared ones are read by children; one that is asked on the spot may be on the slide.</param>
    public static IReadOnlyList<ApiProblemField> Complaints(QuestionDraft draft, bool isPrepared)
    {
        List<ApiProblemField> fields = [];
        Check(Enum.IsDefined(draft.Kind), "kind", "There is no such kind of question.");
        Check(draft.Text.Length <= LongestText && (draft.Text.Length > 0 || !isPrepared), "text", $"A question has 1 to {LongestText} characters.");
        Check(draft.Seconds is >= 0 and <= LongestCountdown, "seconds", "A countdown has at most an hour.");
        Check(draft.Points is >= 0 and <= MostPoints, "points", $"A question is worth 0 to {MostPoints} points.");
        if (draft.Kind is QuestionKind.Single or QuestionKind.Multiple)
        {
            Check(draft.Choices.Length is >= 2 and <= MostChoices, "choices", $"There are 2 to {MostChoices} choices.");
            Check(draft.Choices.All(choice => choice.Length <= LongestChoice && (choice.Length > 0 || !isPrepared)), "choices", $"A choice has 1 to {LongestChoice} characters.");
        }

        Check(draft.Answer is null || Fits(draft.Kind, draft.Choices.Length, draft.Answer), "answer", "This can not be the right answer to this kind of question.");
        return fields;

        void Check(bool holds, string field, string message)
        {
            if (!holds)
            {
                fields.Add(new ApiProblemField(field, message));
            }
        }
    }

    /// <summary>Only with the part that the kind has; null when that is empty.</summary>
    public static RightAnswer? Clean(QuestionKind kind, RightAnswer? right) => (kind, right) switch
    {
        (QuestionKind.Single or QuestionKind.Multiple or QuestionKind.TrueFalse, { Choices: { Length: > 0 } choices }) => new RightAnswer(Choices: [.. choices.Distinct().Order()]),
        (QuestionKind.Number, { Number: { } number }) => new RightAnswer(Number: number, Tolerance: right.Tolerance is > 0 ? right.Tolerance : null),
        (QuestionKind.Text, { Texts: { } texts }) when Wordings(texts) is { Length: > 0 } wordings => new RightAnswer(Texts: wordings),
        _ => null,
    };

    /// <summary>Whether this can be the right answer to a question of that kind.</summary>
    public static bool Fits(QuestionKind kind, int choices, RightAnswer right) => kind switch
    {
        QuestionKind.Single => right.Choices is [var only] && only >= 0 && only < choices,
        QuestionKind.Multiple => right.Choices is { Length: > 0 } places && places.All(place => place >= 0 && place < choices),
        QuestionKind.TrueFalse => right.Choices is [0 or 1],
        QuestionKind.Number => IsNumber(right.Number) && (right.Tolerance is null || IsNumber(right.Tolerance)),
        QuestionKind.Text => right.Texts is { Length: > 0 and <= MostWordings } texts && texts.All(text => text.Length <= LongestChoice),
        _ => false,
    };

    /// <summary>The answer as it is kept; null when it does not fit the question.</summary>
    public static AnswerValue? Clean(AskedQuestion question, AnswerValue? given) => (question.Kind, given) switch
    {
        (QuestionKind.Single, { Choices: [var only] }) when only >= 0 && only < question.Ask.Choices.Length => new AnswerValue(Choices: [only]),
        (QuestionKind.TrueFalse, { Choices: [0 or 1] }) => new AnswerValue(Choices: given.Choices),
        (QuestionKind.Multiple, { Choices: { Length: > 0 } places }) when places.All(place => place >= 0 && place < question.Ask.Choices.Length) => new AnswerValue(Choices: [.. places.Distinct().Order()]),
        (QuestionKind.Number, { Number: { } number }) when IsNumber(number) => new AnswerValue(Number: number),
        (QuestionKind.Text, { Text: { } text }) when Words(text, LongestAnswer + 1) is { Length: > 0 and <= LongestAnswer } words => new AnswerValue(Text: words),
        _ => null,
    };

    private static bool IsNumber(double? number) => number is { } value && double.IsFinite(value) && Math.Abs(value) <= LargestNumber;

    private static string[] Wordings(string[] texts) => [.. texts.Select(text => Words(text, LongestChoice + 1)).Where(text => text.Length > 0).Distinct()];

    // One character more than allowed is kept, so that what is too long is refused and not cut.
    private static string Words(string? text, int longest)
    {
        var clean = new string([.. (text ?? "").Where(letter => letter == '\n' || !char.IsControl(letter))]).Trim();
        return clean.Length <= longest ? clean : clean[..longest];
    }
}
