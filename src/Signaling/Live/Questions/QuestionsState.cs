namespace Classroom.Signaling.Live.Questions;

/// <summary>What was asked in the lesson and how it was answered.</summary>
internal sealed class QuestionsState : ILessonFold
{
    private readonly Dictionary<string, AskedQuestion> _byId = [];
    private readonly List<AskedQuestion> _asked = [];

    /// <summary>In the order in which they were asked.</summary>
    public IReadOnlyList<AskedQuestion> Asked => _asked;

    /// <summary>The one that is on the screens; the last one asked, until it is put away.</summary>
    public AskedQuestion? Current => _asked is [.., { IsDone: false } last] ? last : null;

    public AskedQuestion? Find(string? questionId) => questionId is not null && _byId.TryGetValue(questionId, out var question) ? question : null;

    public void Apply(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case AskBody ask:
                Add(new AskedQuestion(ask));
                break;
            case AnswerKeyBody key when Find(key.QuestionId) is { } question:
                question.Answer = key.Answer;
                break;
            case AnswerBody answer when Find(answer.QuestionId) is { } question:
                var times = question.Answers.TryGetValue(entry.Who, out var before) ? before.Times + 1 : 1;
                question.Answers[entry.Who] = new GivenAnswer(answer.Value, answer.Ms, times);
                break;
            case ExtendBody extend when Find(extend.QuestionId) is { } question:
                question.ClosesAt = extend.ClosesAt;
                break;
            case CloseBody close when Find(close.QuestionId) is { } question:
                question.Stage = QuestionStage.Closed;
                break;
            case ScoreBody score when Find(score.QuestionId) is { } question && question.Answers.TryGetValue(score.ParticipantId, out var given):
                question.Answers[score.ParticipantId] = given with { Right = score.Right, Points = score.Points, IsMarked = entry.Who != TimelineEntry.Server };
                break;
            case RevealBody reveal when Find(reveal.QuestionId) is { } question:
                question.Stage = QuestionStage.Revealed;
                break;
            case ShownAnswerBody shown when Find(shown.QuestionId) is { } question:
                question.Shown = shown.Text is null && shown.Picture is null ? null : shown;
                break;
            case QuestionDoneBody done when Find(done.QuestionId) is { } question:
                question.IsDone = true;
                break;
        }
    }

    private void Add(AskedQuestion question)
    {
        foreach (var earlier in _asked)
        {
            earlier.IsDone = true;
        }

        _asked.Add(question);
        _byId[question.Id] = question;
    }
}
