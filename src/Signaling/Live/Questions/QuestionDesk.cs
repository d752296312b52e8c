using Classroom.Data;
using Classroom.Signaling.Contracts;
using static Classroom.Signaling.Live.LessonInfoSource;

namespace Classroom.Signaling.Live.Questions;

/// <summary>The questions of a lesson: asked one at a time, answered, closed, revealed.</summary>
internal sealed class QuestionDesk : ILessonPart
{
    private const int ShortestExtension = 5;

    /// <summary>Each photo takes room in the store.</summary>
    private const int MostPictures = 20;

    /// <summary>After a restart of the server, for tablets to come back with what they could not send.</summary>
    private static readonly TimeSpan AfterRestart = TimeSpan.FromSeconds(15);

    private readonly ILessonFloor _floor;
    private string? _interrupted;

    public QuestionDesk(ILessonFloor floor)
    {
        _floor = floor;
        _interrupted = State.Current is { IsRunning: true } running ? running.Id : null;
    }

    private QuestionsState State => _floor.State.Questions;

    public Task<Ack> AskAsync(string who, string key, QuestionDraft? question, string? preparedId) => _floor.CommandAsync(who, key, _ =>
    {
        var draft = question is null ? throw new Refusal(Refusal.BadRequest) : QuestionRules.Clean(question);
        if (QuestionRules.Complaints(draft, isPrepared: false).Count > 0 || !IsPointOfLesson(draft.KnowledgePointId) || preparedId is { Length: > 64 })
        {
            throw new Refusal(Refusal.BadRequest);
        }

        if (State.Current is { IsRunning: true })
        {
            throw new Refusal(QuestionRefusals.Running);
        }

        var now = _floor.Now.UtcDateTime;
        long? closesAt = draft.Seconds > 0 ? Milliseconds(now.AddSeconds(draft.Seconds)) : null;
        var body = new AskBody(Ids.New(), preparedId, draft.Kind.ToString(), draft.Text, draft.Choices, draft.Seconds, draft.Points, draft.KnowledgePointId, Milliseconds(now), closesAt);
        var seq = _floor.Emit(who, QuestionEvents.Ask, body, key: key);
        if (draft.Answer is { } right)
        {
            _floor.Emit(who, QuestionEvents.Key, new AnswerKeyBody(body.QuestionId, right), TimelineEntry.Staff);
        }

        return seq;
    });

    public Task<Ack> AnswerAsync(string who, string key, string questionId, AnswerValue? value) => _floor.CommandAsync(who, key, person =>
    {
        var question = DemandRunning(questionId);
        _floor.DemandPace(person);
        return Take(who, key, question, QuestionRules.Clean(question, value) ?? throw new Refusal(Refusal.BadRequest));
    });

    /// <summary>A photo that is stored already; asked for again with the same key it is answered without another look.</summary>
    public Task<Ack> AnswerWithPictureAsync(string who, string key, string questionId, string pictureId) => _floor.CommandAsync(who, key, _ =>
        Take(who, key, DemandForPicture(who, questionId), new AnswerValue(Picture: pictureId)));

    /// <summary>Refuses a photo before it is taken in.</summary>
    public Task DemandMaySendPictureAsync(string who, string questionId) => _floor.AskAsync(() =>
    {
        _floor.DemandPace(_floor.DemandHere(who));
        return DemandForPicture(who, questionId);
    });

    public Task<Ack> ExtendAsync(string who, string key, string questionId, int seconds) => _floor.CommandAsync(who, key, _ =>
    {
        if (seconds is < ShortestExtension or > QuestionRules.LongestCountdown)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        var question = DemandRunning(questionId);
        var now = Milliseconds(_floor.Now.UtcDateTime);
        var closesAt = Math.Max(question.ClosesAt ?? now, now) + (seconds * 1000L);
        return _floor.Emit(who, QuestionEvents.Extend, new ExtendBody(question.Id, closesAt), key: key);
    });

    public Task<Ack> CloseAsync(string who, string key, string questionId) => _floor.CommandAsync(who, key, _ =>
        _floor.Emit(who, QuestionEvents.Close, new CloseBody(DemandRunning(questionId).Id), key: key));

    public Task<Ack> RevealAsync(string who, string key, string questionId, RightAnswer? answer) => _floor.CommandAsync(who, key, _ =>
    {
        var question = Demand(questionId);
        var right = QuestionRules.Clean(question.Kind, answer);
        if (answer is not null && (right is null || !QuestionRules.Fits(question.Kind, question.Ask.Choices.Length, right)))
        {
            throw new Refusal(Refusal.BadRequest);
        }

        if (question.IsRunning)
        {
            _floor.Emit(who, QuestionEvents.Close, new CloseBody(question.Id));
        }

        if (right is not null)
        {
            _floor.Emit(who, QuestionEvents.Key, new AnswerKeyBody(question.Id, right), TimelineEntry.Staff);
        }

        Judge(question);
        return _floor.Emit(who, QuestionEvents.Reveal, new RevealBody(question.Id, question.Answer, question.Tally()), key: key);
    });

    public Task<Ack> FinishAsync(string who, string key, string questionId) => _floor.CommandAsync(who, key, _ =>
    {
        var question = Demand(questionId);
        if (question.IsRunning)
        {
            _floor.Emit(who, QuestionEvents.Close, new CloseBody(question.Id));
        }

        return _floor.Emit(who, QuestionEvents.Done, new QuestionDoneBody(question.Id), key: key);
    });

    public Task<Ack> MarkAsync(string who, string key, string questionId, string participantId, bool right) => _floor.CommandAsync(who, key, _ =>
    {
        var question = DemandClosed(questionId);
        DemandAnswer(question, participantId);
        var points = right ? question.Ask.Points : 0;
        return _floor.Emit(who, QuestionEvents.Score, new ScoreBody(question.Id, participantId, right, points), participantId, key);
    });

    /// <summary>Only what people wrote or photographed: of the rest the reveal tells how many.</summary>
    public Task<Ack> ShowAsync(string who, string key, string questionId, string? participantId) => _floor.CommandAsync(who, key, _ =>
    {
        var question = DemandClosed(questionId);
        var value = participantId is null ? new AnswerValue() : DemandAnswer(question, participantId).Value;
        if (participantId is not null && value is { Text: null, Picture: null })
        {
            throw new Refusal(Refusal.BadRequest);
        }

        return _floor.Emit(who, QuestionEvents.Show, new ShownAnswerBody(question.Id, value.Text, value.Picture), key: key);
    });

    /// <summary>Whether this participant may look at a photo now.</summary>
    public Task<bool> MaySeePictureAsync(string who, LessonRole role, string questionId, string pictureId) => _floor.AskAsync(() =>
    {
        _floor.DemandHere(who);
        var question = State.Find(questionId);
        return role is LessonRole.Teacher or LessonRole.Observer
            ? question?.Answers.Values.Any(given => given.Value.Picture == pictureId) == true
            : question?.Shown?.Picture == pictureId || (question?.Answers.TryGetValue(who, out var own) == true && own.Value.Picture == pictureId);
    });

    public void Tick()
    {
        if (State.Current is not { IsRunning: true, ClosesAt: { } closesAt } question)
        {
            return;
        }

        var now = Milliseconds(_floor.Now.UtcDateTime);
        var earliest = now + (long)AfterRestart.TotalMilliseconds;
        if (_interrupted == question.Id && closesAt < earliest)
        {
            _floor.Emit(TimelineEntry.Server, QuestionEvents.Extend, new ExtendBody(question.Id, earliest));
        }
        else if (closesAt <= now)
        {
            _floor.Emit(TimelineEntry.Server, QuestionEvents.Close, new CloseBody(question.Id));
        }

        _interrupted = null;
    }

    private long Take(string who, string key, AskedQuestion question, AnswerValue value)
    {
        var ms = Milliseconds(_floor.Now.UtcDateTime) - question.Ask.AskedAt;
        return _floor.Emit(who, QuestionEvents.Answer, new AnswerBody(question.Id, value, ms), who, key);
    }

    // Each student hears of the own score alone; what the teacher has marked stays.
    private void Judge(AskedQuestion question)
    {
        foreach (var (who, given) in question.Answers.ToList())
        {
            if (!given.IsMarked && Judging.IsRight(question.Kind, question.Answer, given.Value) is { } isRight)
            {
                _floor.Emit(TimelineEntry.Server, QuestionEvents.Score, new ScoreBody(question.Id, who, isRight, isRight ? question.Ask.Points : 0), who);
            }
        }
    }

    private bool IsPointOfLesson(string? id) => id is null || _floor.Info.KnowledgePoints.Any(point => point.Id == id);

    private AskedQuestion Demand(string questionId) => State.Find(questionId) ?? throw new Refusal(QuestionRefusals.Unknown);

    private AskedQuestion DemandRunning(string questionId) => Demand(questionId) is { IsRunning: true } running ? running : throw new Refusal(QuestionRefusals.Closed);

    private AskedQuestion DemandClosed(string questionId) => Demand(questionId) is { IsRunning: false } closed ? closed : throw new Refusal(QuestionRefusals.Running);

    private AskedQuestion DemandForPicture(string who, string questionId)
    {
        var question = DemandRunning(questionId);
        if (question.Kind != QuestionKind.Picture)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        return question.Answers.TryGetValue(who, out var given) && given.Times >= MostPictures ? throw new Refusal(Refusal.TooFast) : question;
    }

    private static GivenAnswer DemandAnswer(AskedQuestion question, string participantId) =>
        question.Answers.TryGetValue(participantId ?? "", out var given) ? given : throw new Refusal(QuestionRefusals.NoAnswer);
}
