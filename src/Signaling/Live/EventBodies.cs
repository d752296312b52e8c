namespace Classroom.Signaling.Live;

// The bodies of timeline events, one record per kind; docs/timeline.md describes them for readers of exports.
internal sealed record EmptyBody;

internal sealed record LessonStartedBody(long StartedAt);

internal sealed record LessonExtendedBody(long PlannedEnd);

internal sealed record JoinBody(string ParticipantId, string Name, string Role, string? ClassroomId, string? SchoolShortName);

internal sealed record UnrecordedBody(string ParticipantId);

internal sealed record LeaveBody(string ParticipantId);

internal sealed record AwayBody(string ParticipantId);

internal sealed record BackBody(string ParticipantId);

internal sealed record PublishBody(string PublicationId, string ParticipantId, string? ClassroomId, string Group, string Kind, string Codec);

internal sealed record UnpublishBody(string PublicationId);

internal sealed record StageBody(string? ParticipantId, string? Group);

internal sealed record SpeakerBody(string ParticipantId, string Group);

internal sealed record HandBody(string ParticipantId, bool Up);

internal sealed record MarkBody(string? KnowledgePointId, string Label);

internal sealed record RemoveBody(string ParticipantId);

internal sealed record DoorBody(bool Locked);

internal sealed record UnknownNamesBody(bool Admit);

internal sealed record KnockBody(string ParticipantId, string Name);

internal sealed record AdmitBody(string ParticipantId, bool Admit);

internal sealed record PinBody(string? Pin, long? ExpiresAt);

internal sealed record RecordingBody(string State, string? Reason);

/// <param name="Code">Why nothing, or soon nothing, is recorded; null: all is well again.</param>
internal sealed record TroubleBody(string? Code);
