using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Talk;

/// <summary>Who leads, and whose microphone is closed.</summary>
internal sealed class VoiceState(LiveState lesson) : ILessonFold
{
    private readonly HashSet<string> _muted = [];

    /// <summary>Who may speak although all are muted: called to the stage, or let speak one by one.</summary>
    private readonly HashSet<string> _open = [];

    /// <summary>Who has the lead instead of the teacher; null: nobody.</summary>
    public string? LeaderId { get; private set; }

    public bool AllMuted { get; private set; }

    /// <summary>The teacher always leads; beside them whoever was handed the lead.</summary>
    public bool MayLead(Person person) => person.Role == LessonRole.Teacher || person.Id == LeaderId;

    /// <summary>Who can be handed the lead: a teacher, a classroom, or a pupil while called to the stage.</summary>
    public static bool MayBeHandedTheLead(Person person) => person is { Role: LessonRole.Teacher or LessonRole.Station } or { Role: LessonRole.Student, IsCalled: true };

    /// <summary>Whether the others do not hear this microphone now.</summary>
    public bool IsSilenced(Person person) => _muted.Contains(person.Id) || (AllMuted && !MaySpeakAnyway(person));

    public void Apply(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case LeadBody lead:
                LeaderId = lead.ParticipantId;
                break;
            case MuteBody mute:
                Take(mute);
                break;
            case MuteAllBody all:
                AllMuted = all.Muted;
                _open.Clear();
                _muted.Clear();
                break;
            case StageBody { ParticipantId: { } id }:
                _open.Add(id);
                break;
            case HandBody { Up: false } hand:
                _open.Remove(hand.ParticipantId);
                break;
        }
    }

    private void Take(MuteBody mute)
    {
        if (mute.Muted)
        {
            _muted.Add(mute.ParticipantId);
            _open.Remove(mute.ParticipantId);
        }
        else
        {
            _muted.Remove(mute.ParticipantId);
            _open.Add(mute.ParticipantId);
        }
    }

    // A subgroup talks among itself, and the microphone of the teacher's classroom carries the teacher's own voice.
    private bool MaySpeakAnyway(Person person) =>
        person.Role == LessonRole.Teacher
        || person.Id == LeaderId
        || _open.Contains(person.Id)
        || lesson.Groups.GroupOf(person.Id) is not null
        || (person is { Role: LessonRole.Station or LessonRole.Publisher, ClassroomId: { } room } && lesson.People.Values.Any(other => other.Role == LessonRole.Teacher && other.ClassroomId == room));
}
