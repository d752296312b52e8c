using Classroom.MediaServer.Bandwidth;

namespace Classroom.MediaServer;

/// <summary>
/// The live forwarding of lessons. A room is the forwarding group of one lesson and has the lesson's id.
/// Every call is handed to the room's loop; results come back when the loop has done it.
/// Expected refusals come as <see cref="MediaException"/> with a code that pages can translate.
/// </summary>
public interface IMediaServer
{
    /// <summary>The monotonic clock of all media and its place in UTC.</summary>
    IMediaClock Clock { get; }

    /// <summary>Opens the room; opening an open room changes nothing.</summary>
    Task OpenRoomAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>Closes every transport of the room. Closing an unknown room changes nothing.</summary>
    Task CloseRoomAsync(string roomId, CancellationToken cancellationToken);

    bool IsRoomOpen(string roomId);

    /// <summary>Turns capture of the room on or off. Observers are told; publications are untouched.</summary>
    Task SetRecordingAsync(string roomId, RecordingSwitch recording, CancellationToken cancellationToken);

    /// <summary>Adds a participant, who may then publish and subscribe. A second join with the same id replaces the first's connections and listener.</summary>
    Task JoinAsync(string roomId, ParticipantInfo participant, IParticipantListener? listener, CancellationToken cancellationToken);

    /// <summary>Removes a participant with its connections and publications.</summary>
    Task LeaveAsync(string roomId, string participantId, CancellationToken cancellationToken);

    /// <summary>
    /// Answers a publish connection's offer (the browser offers; WHIP uses this too). An offer with the ICE credentials and
    /// fingerprint of the running connection renegotiates it; other credentials restart ICE; another fingerprint replaces it.
    /// </summary>
    /// <param name="groups">Which media section belongs to which publication name: mid → group name (a seat or a WHIP name). Sections not named are refused.</param>
    Task<SdpAnswer> PublishAsync(string roomId, string participantId, string offer, IReadOnlyDictionary<string, string> groups, CancellationToken cancellationToken);

    /// <summary>Publishes what a program on this machine brings, instead of a connection. Takes the place of what the participant published before.</summary>
    /// <param name="group">Its publication name.</param>
    /// <param name="kinds">What it will bring: picture, sound, or both.</param>
    Task<IMediaFeed> FeedAsync(string roomId, string participantId, string group, IReadOnlyCollection<MediaKind> kinds, CancellationToken cancellationToken);

    /// <summary>Ends the publications of a group, for example when a camera is switched off.</summary>
    Task UnpublishAsync(string roomId, string participantId, string group, CancellationToken cancellationToken);

    /// <summary>
    /// Sets which publications the participant receives on its subscribe connection. The server then offers through
    /// <see cref="IParticipantListener.OnSubscribeOffer"/> (first offer: an inactive anchor section, then the media).
    /// Unknown ids are ignored; audio of the participant's own classroom is never sent.
    /// </summary>
    Task SubscribeAsync(string roomId, string participantId, IReadOnlyCollection<string> publicationIds, CancellationToken cancellationToken);

    /// <summary>The browser's answer to the offer with that revision; an answer to an older offer is ignored.</summary>
    Task AnswerSubscribeAsync(string roomId, string participantId, int revision, string answer, CancellationToken cancellationToken);

    /// <summary>A WHEP-style subscribe connection: the client offers receive-only sections, the server answers with the tracks of one group.</summary>
    Task<SdpAnswer> SubscribeByOfferAsync(string roomId, string participantId, string offer, string group, CancellationToken cancellationToken);

    /// <summary>Trickled candidates need nothing of an ICE-lite server; new credentials restart ICE and give the server's own back as an SDP fragment (RFC 8840).</summary>
    Task<string?> PatchAsync(string roomId, string participantId, TransportKind kind, string sdpFragment, CancellationToken cancellationToken);

    /// <summary>Restarts ICE of the subscribe connection: a fresh offer follows through the listener.</summary>
    Task RestartSubscribeAsync(string roomId, string participantId, CancellationToken cancellationToken);

    /// <summary>
    /// What the participant's page shows of each publication: publication id → wish. Replaces the last call; publications
    /// that are not named are sent in full, unknown ids are remembered for when they come.
    /// </summary>
    Task SetLayersAsync(string roomId, string participantId, IReadOnlyDictionary<string, LayerWish> wishes, CancellationToken cancellationToken);

    /// <summary>Sets what matters most when a line cannot carry everything. Replaces the last call; unknown ids are remembered for when they come.</summary>
    Task SetBandwidthAsync(string roomId, BandwidthPlan plan, CancellationToken cancellationToken);

    /// <summary>Stops forwarding of a participant's audio (the teacher muted them), or starts it again.</summary>
    Task SetMutedAsync(string roomId, string participantId, bool muted, CancellationToken cancellationToken);

    /// <summary>
    /// What the participant's page knows of itself: its device is too slow to encode all that it should send
    /// (W3C webrtc-stats, qualityLimitationReason). Its receivers are then told of the device, not of its line.
    /// </summary>
    Task SetOverloadedAsync(string roomId, string participantId, bool overloaded, CancellationToken cancellationToken);

    /// <summary>
    /// Who hears only each other: participant id → circle; who is not named is with the whole room. Each circle has its own
    /// speaker and its own loudest microphones. Replaces the last call. Who receives what is still said by subscriptions.
    /// </summary>
    Task SetCirclesAsync(string roomId, IReadOnlyDictionary<string, string> circleOf, CancellationToken cancellationToken);

    /// <summary>Asks the publisher for a key frame, within the throttle.</summary>
    void RequestKeyframe(string roomId, string publicationId);

    /// <summary>Sends every packet of a publication to a sink as well. Dispose to stop.</summary>
    Task<IDisposable> AttachSinkAsync(string roomId, string publicationId, IMediaSink sink, CancellationToken cancellationToken);

    /// <summary>Watches rooms and publications; current rooms and publications are told first.</summary>
    IDisposable Observe(IRoomObserver observer);

    /// <summary>Tells everything that comes and goes on one connection of a participant, until disposed of.</summary>
    /// <exception cref="MediaException">There is no such connection, or it is traced already (limit_reached).</exception>
    Task<IDisposable> TraceAsync(string roomId, string participantId, TransportKind kind, IConnectionTrace trace, CancellationToken cancellationToken);

    /// <summary>Numbers per publication and participant, for pages and metrics.</summary>
    Task<RoomStatistics?> GetStatisticsAsync(string roomId, CancellationToken cancellationToken);
}

/// <summary>The media clock and its place in UTC.</summary>
public interface IMediaClock
{
    Classroom.Rtc.Instant Now { get; }

    DateTimeOffset ToUtc(Classroom.Rtc.Instant instant);

    Classroom.Rtc.Instant FromUtc(DateTimeOffset utc);
}

/// <summary>Who joins a room. Rights are decided by signalling before this.</summary>
/// <param name="Id">Unique in the room.</param>
/// <param name="ClassroomId">The physical classroom the device stands in: its audio never comes back to it. Null: none.</param>
/// <param name="SchoolId">Whose line it shares. Null: nobody's.</param>
public sealed record ParticipantInfo(string Id, string? ClassroomId, string? SchoolId = null)
{
    /// <summary>What it publishes goes to those who are there, and is never kept.</summary>
    public bool IsNotRecorded { get; init; }
}

public enum MediaKind { Audio, Video }

/// <summary>Which of a participant's two connections.</summary>
public enum TransportKind { Publish, Subscribe }

public enum TransportState { New, Connected, Disconnected, Closed }

/// <summary>A track someone sends.</summary>
/// <param name="Id">Unique in the room, never used twice.</param>
/// <param name="Group">The publication name that audio and video share: a seat or a WHIP name.</param>
/// <param name="Codec">For example "opus", "VP8", "H264".</param>
public sealed record PublicationInfo(string Id, string RoomId, string ParticipantId, string? ClassroomId, string Group, MediaKind Kind, string Codec, int ClockRate)
{
    /// <summary>Whoever keeps packets leaves these out: its participant is not to be recorded.</summary>
    public bool IsNotRecorded { get; init; }
}

/// <summary>Whether a room is being recorded, and the zero of its lesson clock.</summary>
/// <param name="IsOn">Capture runs.</param>
/// <param name="LessonStart">Zero of the lesson clock (UTC).</param>
/// <param name="Reason">Why it was paused, for the marked gap.</param>
public sealed record RecordingSwitch(bool IsOn, DateTimeOffset LessonStart, string? Reason = null);

/// <param name="Sdp">The answer.</param>
/// <param name="ETag">Identifies the ICE session (RFC 9725 §4.3.1).</param>
public sealed record SdpAnswer(string Sdp, string ETag);

/// <summary>What a participant must hear about. Called on the media loop: return at once.</summary>
public interface IParticipantListener
{
    /// <param name="tracks">Which mid carries which publication in this offer.</param>
    void OnSubscribeOffer(int revision, string sdp, IReadOnlyDictionary<string, string> tracks);

    void OnTransportState(TransportKind kind, TransportState state);

    /// <summary>
    /// Which encodings of a media section somebody needs; the others may rest (RTCRtpSender.setParameters). Who cannot do
    /// that goes on sending them.
    /// </summary>
    /// <param name="rids">Names of the encodings to send, at least one.</param>
    void OnLayersWanted(string mid, IReadOnlyList<string> rids)
    {
    }

    /// <summary>What has come in less than asked for during the last seconds, and why, has changed.</summary>
    /// <param name="limits">Publication id → reason; empty when everything comes as asked for.</param>
    void OnLimits(IReadOnlyDictionary<string, LimitReason> limits)
    {
    }
}

/// <summary>What happens in rooms. Called on the media loops: return at once.</summary>
public interface IRoomObserver
{
    void OnRoomOpened(string roomId);

    void OnRoomClosed(string roomId);

    void OnRecording(string roomId, RecordingSwitch recording);

    void OnPublicationAdded(PublicationInfo publication);

    void OnPublicationRemoved(PublicationInfo publication);

    /// <summary>Somebody else has the floor: this microphone is the loudest, or the last that was. At most once a second in a room.</summary>
    void OnSpeaker(PublicationInfo publication);
}

/// <summary>Receives a publication's packets as the publisher sent them. Called on the media loop: copy and return.</summary>
public interface IMediaSink
{
    /// <param name="packet">One decrypted RTP packet (RFC 3550) with its header; valid during the call only.</param>
    void OnRtp(ReadOnlySpan<byte> packet, Classroom.Rtc.Instant arrival);

    /// <param name="ntp">64-bit NTP time of the sender (RFC 3550 §6.4.1).</param>
    /// <param name="roundTrip">Round trip to the publisher; zero when unknown.</param>
    void OnSenderReport(ulong ntp, uint rtpTimestamp, Classroom.Rtc.Instant arrival, TimeSpan roundTrip);
}

/// <summary>A refusal that a person can be told about.</summary>
/// <param name="code">Stable code: room_not_found, participant_not_found, group_not_found, bad_sdp, sdp_too_large, no_common_codec, limit_reached, closed.</param>
public sealed class MediaException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

public sealed record RoomStatistics(string RoomId, IReadOnlyList<PublicationStatistics> Publications, IReadOnlyList<ParticipantStatistics> Participants)
{
    public IReadOnlyList<SubscriptionStatistics> Subscriptions { get; init; } = [];
}

/// <summary>What one participant gets of one publication.</summary>
/// <param name="Spatial">Layer that is sent, 0 the smallest; −1: none.</param>
/// <param name="Temporal">Highest temporal layer that is sent along.</param>
/// <param name="Height">Picture lines of the layer; 0 when not known.</param>
/// <param name="BitsPerSecond">Over the last second.</param>
/// <param name="LossPercent">By the receiver's last report.</param>
/// <param name="Limit">Why it comes in less than asked for.</param>
public sealed record SubscriptionStatistics(
    string ParticipantId, string PublicationId, int Spatial, int Temporal, int Height, double BitsPerSecond, double LossPercent, LimitReason Limit)
{
    /// <summary>There and back; 0 when unknown.</summary>
    public double RoundTripMs { get; init; }

    /// <summary>How often the picture stood still, as guessed from what was sent and asked for.</summary>
    public int Freezes { get; init; }

    /// <summary>How long it stood still in all.</summary>
    public double FrozenMs { get; init; }
}

/// <summary>One encoding of a publication (simulcast); the smallest picture first.</summary>
/// <param name="Rid">Empty when there is only one.</param>
public sealed record EncodingStatistics(string Rid, int Width, int Height, double BitsPerSecond, double LossPercent);

/// <param name="BitsPerSecond">Over the last second.</param>
/// <param name="LossPercent">Before retransmission, over the last report interval.</param>
public sealed record PublicationStatistics(string PublicationId, string Group, MediaKind Kind, long Packets, long Bytes, double BitsPerSecond, double LossPercent, double JitterMs)
{
    /// <summary>Who sends it.</summary>
    public string ParticipantId { get; init; } = "";

    /// <summary>A microphone that is as loud as speech just now.</summary>
    public bool IsSpeaking { get; init; }

    public IReadOnlyList<EncodingStatistics> Encodings { get; init; } = [];
}

/// <param name="EstimateBitsPerSecond">What the line to it is believed to take; null when it says nothing of its line.</param>
/// <param name="Quality">1 (hardly of use) to 5 (as good as it gets), by loss, round trip and what had to be left out.</param>
public sealed record ParticipantStatistics(
    string ParticipantId,
    TransportState Publish,
    TransportState Subscribe,
    double RoundTripMs,
    double LossPercent,
    double BitsPerSecond,
    double? EstimateBitsPerSecond,
    double Quality)
{
    /// <summary>Its device is too slow for all that it should send, as its page says.</summary>
    public bool IsOverloaded { get; init; }
}
