using Classroom.Signaling.Contracts;

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
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _muted = [];

    public Dictionary<string, Person> People { get; } = [];

    /// <summary>Who knocked and waits for an answer: participant id → name.</summary>
    public Dictionary<string, string> Waiting { get; } = [];

    public Dictionary<string, PublishBody> Publications { get; } = [];

    public StageBody? Stage { get; private set; }

    /// <summary>on, paused or off.</summary>
    public string Recording { get; private set; } = "off";

    /// <summary>What keeps the recorder from recording; null: nothing.</summary>
    public string? Trouble { get; private set; }

    public bool IsTeacherHere => People.Values.Any(person => person is { Role: LessonRole.Teacher, IsAway: false });

    /// <summary>Was let in once, so comes back without asking.</summary>
    public bool WasIn(string participantId) => _known.Contains(participantId);

    public bool IsMuted(string participantId) => _muted.Contains(participantId);

    public static LiveState Fold(IEnumerable<TimelineEntry> timeline)
    {
        var state = new LiveState();
        foreach (var entry in timeline)
        {
            if (EventKinds.Read(entry.Kind, entry.Body) is { } body)
            {
                state.Apply(body);
            }
        }

        return state;
    }

    public void Apply(object body)
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
            case MuteBody mute:
                _ = mute.Muted ? _muted.Add(mute.ParticipantId) : _muted.Remove(mute.ParticipantId);
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
