using System.Text.Json;

namespace Classroom.Signaling.Contracts;

/// <summary>What someone may do in a lesson.</summary>
public enum LessonRole { Teacher, Station, Student, Observer, Publisher, Viewer }

/// <summary>What a page can ask of its lesson, at /hubs/classroom. The connection carries the join token as access_token.</summary>
/// <remarks>
/// Commands take an idempotency key: the same key is applied once, so a client sends again whatever was not acknowledged.
/// They return the sequence number of their event, after it was committed. A refusal is a HubException whose message is a code
/// (not_allowed, not_live, room_full, removed, door_locked, waiting, bad_request, unknown_seat …).
/// </remarks>
public partial interface IClassroomHub
{
    /// <summary>First call on every connection; also after every reconnect, with the resume token and the last event seen.</summary>
    Task<JoinReply> Join(JoinRequest request);

    /// <summary>Negotiates the publish connection: the page offers, the server answers.</summary>
    Task<PublishReply> Publish(PublishRequest request);

    /// <summary>Ends one group of tracks.</summary>
    Task Unpublish(string group);

    /// <summary>The publications this page wants to receive; offers follow through <see cref="IClassroomClient.SubscribeOffer"/>.</summary>
    Task Subscribe(string[] publicationIds);

    Task SubscribeAnswer(int revision, string sdp);

    /// <summary>Fresh ICE credentials for the subscribe connection, after its network changed.</summary>
    Task RestartSubscribe();

    /// <summary>
    /// How tall this page shows pictures, so that no larger layers are sent: publication id → lines of the tallest picture
    /// wanted; 0: not shown for now. Replaces the last call; pictures that are not named come in full.
    /// </summary>
    Task ShowPictures(Dictionary<string, int> lines);

    /// <summary>Rings the bell early (teacher).</summary>
    Task<Ack> StartLesson(string key);

    /// <summary>Moves the planned end (teacher).</summary>
    Task<Ack> ExtendLesson(string key, int minutes);

    Task<Ack> EndLesson(string key);

    /// <summary>Everyone sees this seat (teacher). Null target clears the stage.</summary>
    Task<Ack> Stage(string key, StageTarget? target);

    /// <summary>Up or down. A teacher may lower another's hand by naming it.</summary>
    Task<Ack> RaiseHand(string key, bool up, string? participantId);

    Task<Ack> Chat(string key, string text);

    /// <summary>知识点 mark at this moment (teacher).</summary>
    Task<Ack> Mark(string key, string? knowledgePointId, string label);

    /// <summary>"I did not understand this" (student), anonymous for classmates.</summary>
    Task<Ack> Confused(string key);

    Task<Ack> Mute(string key, string participantId, bool muted);

    /// <summary>Removes someone, who cannot come back (teacher).</summary>
    Task<Ack> Remove(string key, string participantId);

    Task<Ack> LockDoor(string key, bool locked);

    /// <summary>Whether names that are not on the roster come in without asking.</summary>
    Task<Ack> AdmitUnknownNames(string key, bool admit);

    /// <summary>Answers a knock.</summary>
    Task<Ack> Admit(string key, string participantId, bool admit);

    /// <summary>The PIN stops working at once; a new one is made if wanted.</summary>
    Task<Ack> ExpirePin(string key, bool makeNew);

    /// <summary>The recording keeps a gap from here on.</summary>
    /// <param name="reason">"private", "break" or "other", which every page says in its language, or the teacher's own words; 1 to 100 characters.</param>
    Task<Ack> PauseRecording(string key, string reason);

    Task<Ack> ResumeRecording(string key);

    /// <summary>For the page's own line of link health; what keeps it from sending more is told to those who receive it.</summary>
    Task<LinkReport> ReportLink(LinkReport report);
}

/// <summary>What the lesson tells a page.</summary>
public partial interface IClassroomClient
{
    /// <summary>New events in order; holes never occur, a reconnect replays.</summary>
    Task Events(EventDto[] events);

    /// <param name="tracks">mid → publication id in this offer.</param>
    Task SubscribeOffer(int revision, string sdp, Dictionary<string, string> tracks);

    /// <summary>A transport came up or went away, for the page's own lamp: kind Publish or Subscribe; state New, Connected, Disconnected, Closed.</summary>
    Task TransportState(string kind, string state);

    /// <summary>Encodings of a media section that somebody needs; the others may rest.</summary>
    Task LayersWanted(string mid, string[] rids);

    /// <summary>Which pictures come in less than asked for, and why: publication id → OwnLine, ParticipantCeiling, SchoolCeiling, SenderLine or SenderDevice. Empty: all come.</summary>
    Task Limits(Dictionary<string, string> reasons);

    /// <summary>This page is out: removed, ended, replaced. It must not reconnect.</summary>
    Task Closed(string code);
}

/// <param name="ResumeToken">From the last JoinReply; null on the first visit.</param>
/// <param name="LastSeq">Last event this page has applied; 0 for all.</param>
/// <param name="Name">Shown name; the token's name when null.</param>
public sealed record JoinRequest(string? ResumeToken, long LastSeq, string? Name);

/// <param name="Waiting">The teacher must admit this page first: Events stay empty until an "admit" event for it arrives.</param>
/// <param name="ServerNow">UTC milliseconds, to show the lesson clock.</param>
/// <param name="IsNotRecorded">There is no consent to record this person: what it sends is seen and heard in the lesson, and kept nowhere.</param>
public sealed record JoinReply(string ParticipantId, string ResumeToken, LessonRole Role, string Name, string? ClassroomId, bool Waiting, LessonInfo Lesson, EventDto[] Events, long ServerNow, IceServer[] IceServers, bool IsNotRecorded);

public sealed record IceServer(string[] Urls, string? Username, string? Credential);

/// <summary>The lesson as pages need it; what changes during it comes as events.</summary>
public sealed record LessonInfo(string Id, string Title, string Subject, string Grade, string Kind, string Codec, string State, long PlannedStart, long PlannedEnd, long? StartedAt, string TeacherName, LessonClassroomInfo[] Classrooms, KnowledgePointInfo[] KnowledgePoints, string? Pin, bool IsAlwaysOpen);

public sealed record LessonClassroomInfo(string ClassroomId, string ClassroomName, string SchoolId, string SchoolName, string SchoolShortName, bool IsHost, string[] Seats);

public sealed record KnowledgePointInfo(string Id, string Name);

/// <param name="At">Milliseconds on the lesson clock; negative before the bell.</param>
/// <param name="Body">Shape by kind, see docs/timeline.md.</param>
public sealed record EventDto(long Seq, long At, string Who, string Kind, JsonElement Body);

public sealed record Ack(long Seq);

/// <param name="Groups">mid → group. A group is a seat name (SeatKind) for stations, "camera" or "screen" for others.</param>
public sealed record PublishRequest(string Sdp, Dictionary<string, string> Groups);

public sealed record PublishReply(string Sdp);

public sealed record StageTarget(string ParticipantId, string Group);

/// <summary>Percent and milliseconds as the browser's getStats gives them.</summary>
/// <param name="IsOverloaded">The device is too slow to encode all that it should send (qualityLimitationReason is "cpu").</param>
public sealed record LinkReport(double LossPercent, double RoundTripMs, double DownKbps, double UpKbps, bool IsOverloaded);
