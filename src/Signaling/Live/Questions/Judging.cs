using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Questions;

/// <summary>Whether an answer is right.</summary>
internal static class Judging
{
    /// <summary>What numbers that were written in decimals are off by as binary ones.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Null when the question has no right answer, or when only a person can tell.</summary>
    public static bool? IsRight(QuestionKind kind, RightAnswer? right, AnswerValue given) => (kind, right) switch
    {
        (_, null) => null,
        (QuestionKind.Single or QuestionKind.Multiple or QuestionKind.TrueFalse, { Choices: { } choices }) => (given.Choices ?? []).Order().SequenceEqual(choices.Order()),
        (QuestionKind.Number, { Number: { } number }) => IsNear(given.Number, number, right.Tolerance ?? 0),
        (QuestionKind.Text, { Texts: { } texts }) => given.Text is { } text && texts.Any(wording => Fold(wording) == Fold(text)),
        _ => null,
    };

    /// <summary>Small letters, half-width, without spaces and without the mark at the end: a child's "  Ｈ２Ｏ。" is "h2o".</summary>
    internal static string Fold(string text) =>
        new string([.. text.Select(HalfWidth).Where(letter => !char.IsWhiteSpace(letter)).Select(char.ToLowerInvariant)]).TrimEnd('.', '。', '!', ';', ',');

    // The full-width forms of ASCII lie in the same order (U+FF01 to U+FF5E). The process knows no cultures, and so no NFKC.
    private static char HalfWidth(char letter) => letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - '\uFF01' + '!') : letter;

    private static bool IsNear(double? given, double right, double tolerance) =>
        given is { } number && Math.Abs(number - right) <= tolerance + (Rounding * Math.Max(1, Math.Abs(right)));
}
