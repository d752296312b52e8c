using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Classroom.Signaling.Live.Board;
using Classroom.Signaling.Live.Groups;
using Classroom.Signaling.Live.Notes;
using Classroom.Signaling.Live.Questions;
using Classroom.Signaling.Live.Tablets;
using Classroom.Signaling.Live.Talk;
using Classroom.Signaling.Live.Picture;

namespace Classroom.Signaling.Live;

/// <summary>The names of timeline events, and which body each carries.</summary>
internal static class EventKinds
{
    public const string Opened = "lesson.opened";
    public const string Started = "lesson.started";
    public const string Extended = "lesson.extended";
    public const string Ended = "lesson.ended";
    public const string Join = "join";
    public const string Unrecorded = "unrecorded";
    public const string Leave = "leave";
    public const string Away = "away";
    public const string Back = "back";
    public const string Publish = "publish";
    public const string Unpublish = "unpublish";
    public const string Stage = "stage";
    public const string Speaker = "speaker";
    public const string Hand = "hand";
    public const string Mark = "mark";
    public const string Confused = "confused";
    public const string Remove = "remove";
    public const string Door = "door";
    public const string UnknownNames = "unknownNames";
    public const string Knock = "knock";
    public const string Admit = "admit";
    public const string Pin = "pin";
    public const string Recording = "recording";
    public const string Trouble = "recording.trouble";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private static readonly FrozenDictionary<string, Type> Bodies = new[] { Own(), BoardEvents.Bodies, TalkEvents.Bodies, GroupEvents.Bodies, NoteEvents.Bodies, PictureEvents.Bodies, QuestionEvents.Bodies, TabletEvents.Bodies }.SelectMany(part => part).ToFrozenDictionary();

    public static IEnumerable<string> All => Bodies.Keys;

    public static JsonElement Write(object body) => JsonSerializer.SerializeToElement(body, body.GetType(), Json);

    /// <summary>Null for a kind that this version does not know: it is replayed, not folded.</summary>
    public static object? Read(string kind, JsonElement body) => Bodies.TryGetValue(kind, out var type) ? body.Deserialize(type, Json) : null;

    private static IReadOnlyDictionary<string, Type> Own() => new Dictionary<string, Type>
    {
        [Opened] = typeof(EmptyBody),
        [Started] = typeof(LessonStartedBody),
        [Extended] = typeof(LessonExtendedBody),
        [Ended] = typeof(EmptyBody),
        [Join] = typeof(JoinBody),
        [Unrecorded] = typeof(UnrecordedBody),
        [Leave] = typeof(LeaveBody),
        [Away] = typeof(AwayBody),
        [Back] = typeof(BackBody),
        [Publish] = typeof(PublishBody),
        [Unpublish] = typeof(UnpublishBody),
        [Stage] = typeof(StageBody),
        [Speaker] = typeof(SpeakerBody),
        [Hand] = typeof(HandBody),
        [Mark] = typeof(MarkBody),
        [Confused] = typeof(EmptyBody),
        [Remove] = typeof(RemoveBody),
        [Door] = typeof(DoorBody),
        [UnknownNames] = typeof(UnknownNamesBody),
        [Knock] = typeof(KnockBody),
        [Admit] = typeof(AdmitBody),
        [Pin] = typeof(PinBody),
        [Recording] = typeof(RecordingBody),
        [Trouble] = typeof(TroubleBody),
    };
}
