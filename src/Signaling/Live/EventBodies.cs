using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Signaling.Live;

// The bodies of timeline events, one record per kind; docs/timeline.md describes them for readers of exports.
internal sealed record EmptyBody;

internal sealed record LessonStartedBody(long StartedAt);

internal sealed record LessonExtendedBody(long PlannedEnd);

internal sealed record JoinBody(string ParticipantId, string Name, string Role, string? ClassroomId, string? SchoolShortName);

internal sealed record LeaveBody(string ParticipantId);

internal sealed record AwayBody(string ParticipantId);

internal sealed record BackBody(string ParticipantId);

internal sealed record PublishBody(string PublicationId, string ParticipantId, string? ClassroomId, string Group, string Kind, string Codec);

internal sealed record UnpublishBody(string PublicationId);

internal sealed record StageBody(string? ParticipantId, string? Group);

internal sealed record SpeakerBody(string ParticipantId, string Group);

internal sealed record HandBody(string ParticipantId, bool Up);

internal sealed record ChatBody(string ParticipantId, string Name, string Text);

internal sealed record MarkBody(string? KnowledgePointId, string Label);

internal sealed record MuteBody(string ParticipantId, bool Muted);

internal sealed record RemoveBody(string ParticipantId);

internal sealed record DoorBody(bool Locked);

internal sealed record UnknownNamesBody(bool Admit);

internal sealed record KnockBody(string ParticipantId, string Name);

internal sealed record AdmitBody(string ParticipantId, bool Admit);

internal sealed record PinBody(string? Pin, long? ExpiresAt);

internal sealed record RecordingBody(string State, string? Reason);

/// <param name="Code">Why nothing, or soon nothing, is recorded; null: all is well again.</param>
internal sealed record TroubleBody(string? Code);

/// <summary>The names of timeline events, and which body each carries.</summary>
internal static class EventKinds
{
    public const string Opened = "lesson.opened";
    public const string Started = "lesson.started";
    public const string Extended = "lesson.extended";
    public const string Ended = "lesson.ended";
    public const string Join = "join";
    public const string Leave = "leave";
    public const string Away = "away";
    public const string Back = "back";
    public const string Publish = "publish";
    public const string Unpublish = "unpublish";
    public const string Stage = "stage";
    public const string Speaker = "speaker";
    public const string Hand = "hand";
    public const string Chat = "chat";
    public const string Mark = "mark";
    public const string Confused = "confused";
    public const string Mute = "mute";
    public const string Remove = "remove";
    public const string Door = "door";
    public const string UnknownNames = "unknownNames";
    public const string Knock = "knock";
    public const string Admit = "admit";
    public const string Pin = "pin";
    public const string Recording = "recording";
    public const string Trouble = "recording.trouble";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private static readonly FrozenDictionary<string, Type> Bodies = new Dictionary<string, Type>
    {
        [Opened] = typeof(EmptyBody),
        [Started] = typeof(LessonStartedBody),
        [Extended] = typeof(LessonExtendedBody),
        [Ended] = typeof(EmptyBody),
        [Join] = typeof(JoinBody),
        [Leave] = typeof(LeaveBody),
        [Away] = typeof(AwayBody),
        [Back] = typeof(BackBody),
        [Publish] = typeof(PublishBody),
        [Unpublish] = typeof(UnpublishBody),
        [Stage] = typeof(StageBody),
        [Speaker] = typeof(SpeakerBody),
        [Hand] = typeof(HandBody),
        [Chat] = typeof(ChatBody),
        [Mark] = typeof(MarkBody),
        [Confused] = typeof(EmptyBody),
        [Mute] = typeof(MuteBody),
        [Remove] = typeof(RemoveBody),
        [Door] = typeof(DoorBody),
        [UnknownNames] = typeof(UnknownNamesBody),
        [Knock] = typeof(KnockBody),
        [Admit] = typeof(AdmitBody),
        [Pin] = typeof(PinBody),
        [Recording] = typeof(RecordingBody),
        [Trouble] = typeof(TroubleBody),
    }.ToFrozenDictionary();

    public static IEnumerable<string> All => Bodies.Keys;

    public static JsonElement Write(object body) => JsonSerializer.SerializeToElement(body, body.GetType(), Json);

    /// <summary>Null for a kind that this version does not know: it is replayed, not folded.</summary>
    public static object? Read(string kind, JsonElement body) => Bodies.TryGetValue(kind, out var type) ? body.Deserialize(type, Json) : null;
}
