using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Questions;

/// <summary>The events of questions. The right answer goes to staff alone until the reveal; an answer to its author and staff.</summary>
internal static class QuestionEvents
{
    public const string Ask = "question.ask";
    public const string Key = "question.key";
    public const string Answer = "answer";
    public const string Extend = "question.extend";
    public const string Close = "question.close";
    public const string Score = "score";
    public const string Reveal = "question.reveal";
    public const string Show = "question.show";
    public const string Done = "question.done";

    public static IReadOnlyDictionary<string, Type> Bodies { get; } = new Dictionary<string, Type>
    {
        [Ask] = typeof(AskBody),
        [Key] = typeof(AnswerKeyBody),
        [Answer] = typeof(AnswerBody),
        [Extend] = typeof(ExtendBody),
        [Close] = typeof(CloseBody),
        [Score] = typeof(ScoreBody),
        [Reveal] = typeof(RevealBody),
        [Show] = typeof(ShownAnswerBody),
        [Done] = typeof(QuestionDoneBody),
    };
}

/// <param name="AskedAt">UTC milliseconds, as is <paramref name="ClosesAt"/>: the lesson clock begins anew at the bell.</param>
/// <param name="ClosesAt">Null: the teacher closes it.</param>
internal sealed record AskBody(
    string QuestionId, string? PreparedId, string Kind, string Text, string[] Choices, int Seconds, double Points, string? KnowledgePointId, long AskedAt, long? ClosesAt);

internal sealed record AnswerKeyBody(string QuestionId, RightAnswer Answer);

/// <param name="Ms">Milliseconds since the question was asked.</param>
internal sealed record AnswerBody(string QuestionId, AnswerValue Value, long Ms);

internal sealed record ExtendBody(string QuestionId, long ClosesAt);

internal sealed record CloseBody(string QuestionId);

internal sealed record ScoreBody(string QuestionId, string ParticipantId, bool Right, double Points);

internal sealed record RevealBody(string QuestionId, RightAnswer? Answer, AnswerTally Tally);

/// <summary>All but the ids null: nothing is shown any more.</summary>
internal sealed record ShownAnswerBody(string QuestionId, string? Text, string? Picture);

internal sealed record QuestionDoneBody(string QuestionId);
