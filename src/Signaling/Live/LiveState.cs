using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Board;
using Classroom.Signaling.Live.Groups;
using Classroom.Signaling.Live.Notes;
using Classroom.Signaling.Live.Questions;
using Classroom.Signaling.Live.Tablets;
using Classroom.Signaling.Live.Talk;
using Classroom.Signaling.Live.Picture;

namespace Classroom.Signaling.Live;

/// <summary>Someone who is in the lesson, or whose place is kept.</summary>
internal sealed class Person(string id, string name, LessonRole role, string? classroomId)
{
    public string Id => id;
    public string Name => name;
    public LessonRole Role => role;
    public string? ClassroomId => classroomId;
    public bool IsAway { get; set; }
    public bool IsHandUp { get; set; }

    /// <summary>Called to the stage: a student may send picture and sound until the hand is taken down.</summary>
    public bool IsCalled { get; set; }
}

/// <summary>The state of a lesson: a fold over its timeline, and nothing else.</summary>
internal sealed class LiveState
{
    private readonly ILessonFold[] _folds;
    private readonly HashSet<string> _known = [];

    public LiveState()
    {
        Voices = new VoiceState(this);
        _folds = [Board, Chat, Voices, Groups, Notes, Picture, Questions, Tablets];
    }

    public ChatState Chat { get; } = new();

    public VoiceState Voices { get; }

    public GroupState Groups { get; } = new();

    public NoteState Notes { get; } = new();

    public PictureState Picture { get; } = new();

    public Dictionary<string, Person> People { get; } = [];

    /// <summary>Who knocked and waits for an answer: participant id → name.</summary>
    public Dictionary<string, string> Waiting { get; } = [];

    public Dictionary<string, PublishBody> Publications { get; } = [];

    public QuestionsState Questions { get; } = new();

    public TabletsState Tablets { get; } = new();

    public StageBody? Stage { get; private set; }

    public BoardState Board { get; } = new();

    /// <summary>on, paused or off.</summary>
    public string Recording { get; private set; } = "off";

    /// <summary>What keeps the recorder from recording; null: nothing.</summary>
    public string? Trouble { get; private set; }

    public bool IsTeacherHere => People.Values.Any(person => person is { Role: LessonRole.Teacher, IsAway: false });

    /// <summary>Was let in once, so comes back without asking.</summary>
    public bool WasIn(string participantId) => _known.Contains(participantId);

    /// <summary>A pupil sends only while called to the stage, or within a subgroup.</summary>
    public bool MaySend(Person person) => person is not { Role: LessonRole.Student, IsCalled: false } || Groups.GroupOf(person.Id) is not null;

    /// <summary>Whether somebody is told an event: the staff is told everything but notes, others what is for all, for their subgroup or for them alone.</summary>
    public bool IsFor(TimelineEntry entry, string participantId, LessonRole role) => !Chat.IsHidden(entry.Seq, role) && (entry.Audience switch
    {
        TimelineEntry.All => true,
        Audiences.Observers => role == LessonRole.Observer,
        _ when role is LessonRole.Teacher or LessonRole.Observer => true,
        var audience when Audiences.GroupOf(audience) is { } group => Groups.GroupOf(participantId) == group,
        var audience => audience == participantId,
    });

    /// <summary>Someone who comes now does without this event.</summary>
    public bool IsPast(long seq)
    {
        // Asked of every event for everybody who comes.
        foreach (var fold in _folds)
        {
            if (fold.IsPast(seq))
            {
                return true;
            }
        }

        return false;
    }

    public static LiveState Fold(IEnumerable<TimelineEntry> timeline)
    {
        var state = new LiveState();
        foreach (var entry in timeline)
        {
            if (EventKinds.Read(entry.Kind, entry.Body) is { } body)
            {
                state.Apply(entry, body);
            }
        }

        return state;
    }

    public void Apply(TimelineEntry entry, object body)
    {
        ApplyHere(body);
        foreach (var fold in _folds)
        {
            fold.Apply(entry, body);
        }
    }

    private void ApplyHere(object body)
    {
        switch (body)
        {
            case JoinBody join:
                _known.Add(join.ParticipantId);
                Waiting.Remove(join.ParticipantId);
                People[join.ParticipantId] = new Person(join.ParticipantId, join.Name, Enum.Parse<LessonRole>(join.Role), join.ClassroomId);
                break;
            case LeaveBody leave:
                Forget(leave.ParticipantId);
                break;
            case RemoveBody remove:
                Forget(remove.ParticipantId);
                break;
            case AwayBody away when People.TryGetValue(away.ParticipantId, out var person):
                person.IsAway = true;
                break;
            case BackBody back when People.TryGetValue(back.ParticipantId, out var person):
                person.IsAway = false;
                break;
            case PublishBody publish:
                Publications[publish.PublicationId] = publish;
                break;
            case UnpublishBody unpublish:
                Publications.Remove(unpublish.PublicationId);
                break;
            case StageBody stage:
                Take(stage);
                break;
            case HandBody hand when People.TryGetValue(hand.ParticipantId, out var person):
                person.IsHandUp = hand.Up;
                person.IsCalled &= hand.Up;
                break;
            case KnockBody knock:
                Waiting[knock.ParticipantId] = knock.Name;
                break;
            case AdmitBody admit:
                Waiting.Remove(admit.ParticipantId);
                break;
            case RecordingBody recording:
                Recording = recording.State;
                break;
            case TroubleBody trouble:
                Trouble = trouble.Code;
                break;
        }
    }

    private void Take(StageBody stage)
    {
        Stage = stage.ParticipantId is null ? null : stage;
        if (stage.ParticipantId is { } id && People.TryGetValue(id, out var person))
        {
            person.IsCalled = true;
        }
    }

    private void Forget(string participantId)
    {
        People.Remove(participantId);
        Waiting.Remove(participantId);
    }
}
