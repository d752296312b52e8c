using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Picture;

/// <summary>How the pictures lie, who has the floor, and what the lesson and its lines allow.</summary>
internal sealed class PictureState : ILessonFold
{
    private StageTarget?[] _beside = [];

    /// <summary>What the lesson allows. Until it was told, as in a lesson of two classrooms.</summary>
    public LessonSettings Settings { get; private set; } = RoomKindDefaults.Of(Data.RoomKind.Synchronous).Settings;

    /// <summary>The timeline has told the settings.</summary>
    public bool IsTold { get; private set; }

    public LessonLayout Layout { get; private set; }

    /// <summary>The seats of the places after the first; null: the next seat that is there.</summary>
    public IReadOnlyList<StageTarget?> Beside => _beside;

    /// <summary>Classrooms whose tablets show no video for now.</summary>
    public IReadOnlyCollection<string> Closed { get; private set; } = [];

    /// <summary>Classroom id → what its line does not carry.</summary>
    public Dictionary<string, LineBody> Lines { get; } = [];

    public SpeakerBody? Speaker { get; private set; }

    /// <summary>When this one took the floor, on the lesson clock.</summary>
    public long SpeakerAt { get; private set; }

    /// <summary>When the stage last changed, on the lesson clock.</summary>
    public long StagedAt { get; private set; } = long.MinValue / 2;

    public void Apply(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case LessonSettings settings:
                Layout = !IsTold || settings.Layout != Settings.Layout ? settings.Layout : Layout;
                Settings = settings;
                IsTold = true;
                break;
            case LayoutBody layout:
                (Layout, _beside) = (layout.Layout, layout.Beside);
                break;
            case StageBody:
                StagedAt = entry.At;
                break;
            // Who speaks in a subgroup does not take the floor of the class.
            case SpeakerBody speaker when entry.Audience == TimelineEntry.All:
                (Speaker, SpeakerAt) = (speaker, entry.At);
                break;
            case BudgetBody budget:
                Closed = budget.Closed;
                break;
            case LineBody line:
                Lines[line.ClassroomId] = line;
                break;
            case LeaveBody leave:
                Forget(leave.ParticipantId);
                break;
            case RemoveBody remove:
                Forget(remove.ParticipantId);
                break;
        }
    }

    /// <summary>One of the places that everyone sees.</summary>
    public bool IsBeside(string participantId, string group) =>
        Layout != LessonLayout.One && _beside.Any(seat => seat is not null && seat.ParticipantId == participantId && seat.Group == group);

    private void Forget(string participantId)
    {
        _beside = [.. _beside.Select(seat => seat?.ParticipantId == participantId ? null : seat)];
        Speaker = Speaker?.ParticipantId == participantId ? null : Speaker;
    }
}
