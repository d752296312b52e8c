using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Questions;

/// <summary>Where a question is on its way.</summary>
internal enum QuestionStage { Running, Closed, Revealed }

/// <summary>A question that was asked in the lesson, with its answers.</summary>
internal sealed class AskedQuestion(AskBody ask)
{
    public AskBody Ask => ask;

    public string Id => ask.QuestionId;

    public QuestionKind Kind { get; } = Enum.Parse<QuestionKind>(ask.Kind);

    public QuestionStage Stage { get; set; } = QuestionStage.Running;

    /// <summary>Off the screens.</summary>
    public bool IsDone { get; set; }

    /// <summary>UTC milliseconds; null: the teacher closes it.</summary>
    public long? ClosesAt { get; set; } = ask.ClosesAt;

    public RightAnswer? Answer { get; set; }

    /// <summary>The last answer of each participant.</summary>
    public Dictionary<string, GivenAnswer> Answers { get; } = [];

    public ShownAnswerBody? Shown { get; set; }

    public bool IsRunning => Stage == QuestionStage.Running;

    /// <summary>How the class answered, as everyone may see it.</summary>
    public AnswerTally Tally()
    {
        var counts = new int[Kind == QuestionKind.TrueFalse ? 2 : ask.Choices.Length];
        foreach (var place in Answers.Values.SelectMany(given => given.Value.Choices ?? []).Where(place => place < counts.Length))
        {
            counts[place]++;
        }

        var judged = Answers.Values.Where(given => given.Right is not null).ToList();
        return new AnswerTally(Answers.Count, judged.Count > 0 || Answer is not null ? judged.Count(given => given.Right == true) : null, counts, Numbers());
    }

    private NumberTally[] Numbers()
    {
        const int most = 8;
        return [.. Answers.Values.Select(given => given.Value.Number).OfType<double>()
            .GroupBy(number => number).Select(same => new NumberTally(same.Key, same.Count()))
            .OrderByDescending(same => same.Count).ThenBy(same => same.Number).Take(most)];
    }
}

/// <param name="Ms">Milliseconds from the question to this answer.</param>
/// <param name="Times">How many answers came from this participant so far.</param>
/// <param name="Right">Null: not judged.</param>
/// <param name="IsMarked">Judged by the teacher, which no comparison overrules.</param>
internal sealed record GivenAnswer(AnswerValue Value, long Ms, int Times, bool? Right = null, double Points = 0, bool IsMarked = false);
