using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Groups;
using Classroom.Signaling.Live.Notes;
using Classroom.Signaling.Live.Questions;
using Classroom.Signaling.Live.Tablets;
using Classroom.Signaling.Live.Talk;
using Classroom.Signaling.Live.Picture;

namespace Classroom.Signaling.Live;

// What the room's parts see of it.
internal sealed partial class LessonRoom
{
    private readonly List<ILessonPart> _parts = [];
    private readonly Reach _reach;

    public ChatDesk Chat { get; }

    public AskDesk Asks { get; }

    public VoiceDesk Voices { get; }

    public GroupRooms Groups { get; }

    public NoteBook Notes { get; }

    public LessonPicture Picture { get; }

    public QuestionDesk Questions { get; }

    public TabletControl Tablets { get; }

    Lesson ILessonFloor.Lesson => _lesson;

    LiveState ILessonFloor.State => _state;

    LessonInfoSource ILessonFloor.Info => _info;

    DateTimeOffset ILessonFloor.Now => Now;

    long ILessonFloor.ClockNow => LessonClockNow();

    long ILessonFloor.LastSeq => _seq;

    IMediaServer ILessonFloor.Media => _services.Media;

    IReadOnlyCollection<Attachment> ILessonFloor.Attached => _attached.Values;

    Task<Ack> ILessonFloor.CommandAsync(string who, string? key, Func<Person, long> act) => CommandAsync(who, key, act);

    Task<T> ILessonFloor.AskAsync<T>(Func<T> act) => AskAsync(act);

    long ILessonFloor.Emit(string who, string kind, object body, string audience, string? key) => Emit(who, kind, body, audience, key);

    void ILessonFloor.Change(Action<Lesson> change) => Change(change);

    void ILessonFloor.After(Func<Task> effect) => _effects.Add(effect);

    Person ILessonFloor.DemandHere(string participantId) => DemandHere(participantId);

    void ILessonFloor.DemandPace(Person person) => DemandPace(person);

    void ILessonFloor.DemandLead(Person person) => DemandLead(person);

    Attachment? ILessonFloor.AttachmentOf(string participantId) => _attached.GetValueOrDefault(participantId);
}
