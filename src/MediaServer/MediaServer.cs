using Classroom.MediaServer.Diagnostics;
using Classroom.MediaServer.Feeds;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Rooms;
using Classroom.MediaServer.Transports;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer;

/// <summary>Hands every call to the loop of its room. Text is read and written here, off the loops.</summary>
internal sealed class MediaServer(MediaLoops loops) : IMediaServer, IMediaMetrics
{
    public IMediaClock Clock => loops.Clock;

    public Task OpenRoomAsync(string roomId, CancellationToken cancellationToken) => loops.OpenAsync(roomId, cancellationToken);

    public Task CloseRoomAsync(string roomId, CancellationToken cancellationToken) => loops.CloseAsync(roomId, cancellationToken);

    public bool IsRoomOpen(string roomId) => loops.IsOpen(roomId);

    public Task SetRecordingAsync(string roomId, RecordingSwitch recording, CancellationToken cancellationToken) =>
        Do(roomId, room => room.SetRecording(recording), cancellationToken);

    public Task JoinAsync(string roomId, ParticipantInfo participant, IParticipantListener? listener, CancellationToken cancellationToken) =>
        Do(roomId, room => room.Join(participant, listener), cancellationToken);

    public Task LeaveAsync(string roomId, string participantId, CancellationToken cancellationToken) =>
        Do(roomId, room => room.Leave(participantId), cancellationToken);

    public async Task<SdpAnswer> PublishAsync(string roomId, string participantId, string offer, IReadOnlyDictionary<string, string> groups, CancellationToken cancellationToken)
    {
        var remote = Read(offer);
        var request = new PublishRequest(remote, groups);
        var (transport, taken) = await Ask(roomId, room => request.Apply(room, participantId), cancellationToken);
        return new SdpAnswer(PublishAnswer.Write(remote, taken, transport), ETagOf(transport.Ufrag));
    }

    public async Task<IMediaFeed> FeedAsync(string roomId, string participantId, string group, IReadOnlyCollection<MediaKind> kinds, CancellationToken cancellationToken) =>
        await Ask(roomId, room => new FeedRequest(group, kinds).Apply(room, participantId), cancellationToken);

    public Task UnpublishAsync(string roomId, string participantId, string group, CancellationToken cancellationToken) =>
        Do(roomId, room => room.Unpublish(participantId, group), cancellationToken);

    public Task SubscribeAsync(string roomId, string participantId, IReadOnlyCollection<string> publicationIds, CancellationToken cancellationToken) =>
        DoWhereItWatches(roomId, participantId, (audience, p) => audience.Subscribe(p, publicationIds), cancellationToken);

    public Task AnswerSubscribeAsync(string roomId, string participantId, int revision, string answer, CancellationToken cancellationToken)
    {
        var remote = Read(answer);
        return DoWhereItWatches(roomId, participantId, (audience, p) => audience.Answer(p, revision, remote), cancellationToken);
    }

    public async Task<SdpAnswer> SubscribeByOfferAsync(string roomId, string participantId, string offer, string group, CancellationToken cancellationToken)
    {
        var remote = Read(offer);
        var request = new ViewRequest(remote, group);
        var (transport, sections) = await AskWhereItWatches(roomId, participantId, request.Apply, cancellationToken);
        return new SdpAnswer(SubscribeOffer.WriteAnswer(remote, sections, transport), ETagOf(transport.Ufrag));
    }

    public Task<string?> PatchAsync(string roomId, string participantId, TransportKind kind, string sdpFragment, CancellationToken cancellationToken)
    {
        if (!IceFragment.TryParse(sdpFragment, out var fragment))
        {
            throw new MediaException("bad_sdp", "The fragment cannot be read.");
        }

        return AskConnection(roomId, participantId, kind, (transport, _) => transport.Ice.Patch(fragment), cancellationToken);
    }

    public Task RestartSubscribeAsync(string roomId, string participantId, CancellationToken cancellationToken) =>
        DoWhereItWatches(roomId, participantId, (audience, p) => audience.Restart(p), cancellationToken);

    public Task SetLayersAsync(string roomId, string participantId, IReadOnlyDictionary<string, LayerWish> wishes, CancellationToken cancellationToken) =>
        DoWhereItWatches(roomId, participantId, (audience, p) => audience.SetLayers(p, wishes), cancellationToken);

    public Task SetBandwidthAsync(string roomId, BandwidthPlan plan, CancellationToken cancellationToken) =>
        Do(roomId, room => room.SetBandwidth(plan), cancellationToken);

    public Task SetMutedAsync(string roomId, string participantId, bool muted, CancellationToken cancellationToken) =>
        Do(roomId, room => room.SetMuted(participantId, muted), cancellationToken);

    public Task SetOverloadedAsync(string roomId, string participantId, bool overloaded, CancellationToken cancellationToken) =>
        Do(roomId, room => room.SetOverloaded(participantId, overloaded), cancellationToken);

    public Task SetCirclesAsync(string roomId, IReadOnlyDictionary<string, string> circleOf, CancellationToken cancellationToken) =>
        Do(roomId, room => room.SetCircles(circleOf), cancellationToken);

    public void RequestKeyframe(string roomId, string publicationId)
    {
        if (loops.Find(roomId) is { } loop)
        {
            loop.Commands.TryPost(() => RoomOf(loop, roomId).Publications.GetValueOrDefault(publicationId)?.WantKeyframe(loop.Clock.Now));
        }
    }

    public Task<IDisposable> AttachSinkAsync(string roomId, string publicationId, IMediaSink sink, CancellationToken cancellationToken) =>
        Ask(roomId, room => Attach(room, publicationId, sink), cancellationToken);

    public IDisposable Observe(IRoomObserver observer) => loops.Observe(observer);

    public Task<IDisposable> TraceAsync(string roomId, string participantId, TransportKind kind, IConnectionTrace trace, CancellationToken cancellationToken) =>
        AskConnection(roomId, participantId, kind, (transport, loop) => Tap(loop, transport, trace), cancellationToken);

    public async Task<RoomStatistics?> GetStatisticsAsync(string roomId, CancellationToken cancellationToken)
    {
        if (loops.Find(roomId) is not { } loop)
        {
            return null;
        }

        var (report, elsewhere) = await loop.Commands.InvokeAsync(() => Report(loop, roomId), cancellationToken);
        foreach (var audience in elsewhere)
        {
            report = RoomReport.Join(report!, await audience.Loop.Commands.InvokeAsync(() => RoomReport.Of(audience), cancellationToken));
        }

        return report;
    }

    public MediaCounters Snapshot() => loops.Snapshot();

    private static RemoteDescription Read(string sdp) =>
        RemoteDescription.TryParse(sdp, out var description, out var isTooLarge) ? description
            : isTooLarge ? throw new MediaException("sdp_too_large", "The description has more in it than any browser writes.")
            : throw new MediaException("bad_sdp", "The description cannot be read, or lacks ICE credentials or a SHA-256 fingerprint.");

    private static string ETagOf(string ufrag) => $"\"{ufrag.Replace("/", "-", StringComparison.Ordinal)}\"";

    private static Room RoomOf(MediaLoop loop, string roomId) =>
        loop.Rooms.GetValueOrDefault(roomId) ?? throw new MediaException("room_not_found", "The room is not open.");

    private static IDisposable Attach(Room room, string publicationId, IMediaSink sink)
    {
        var publication = room.Publications.GetValueOrDefault(publicationId) ?? throw new MediaException("group_not_found", "The publication has ended.");
        publication.Sinks.Add(sink, room.Loop.Clock.Now);
        return new Detachment(() => room.Loop.Commands.TryPost(() => publication.Sinks.Remove(sink)));
    }

    private static (RoomStatistics? Report, IReadOnlyList<Audience> Elsewhere) Report(MediaLoop loop, string roomId) =>
        loop.Rooms.TryGetValue(roomId, out var room) ? (RoomReport.Of(room), [.. room.OtherAudiences]) : (null, []);

    private static IDisposable Tap(MediaLoop loop, PeerTransport transport, IConnectionTrace trace)
    {
        if (transport.Out.Tap is not null)
        {
            throw new MediaException("limit_reached", "This connection is traced already.");
        }

        transport.Out.Tap = new ConnectionTap(loop, trace);
        return new Detachment(() => loop.Commands.TryPost(() => transport.Out.Tap = null));
    }

    private Task Do(string roomId, Action<Room> action, CancellationToken cancellationToken) =>
        Ask(
            roomId,
            room =>
            {
                action(room);
                return true;
            },
            cancellationToken);

    private Task<T> Ask<T>(string roomId, Func<Room, T> question, CancellationToken cancellationToken)
    {
        var loop = loops.Find(roomId) ?? throw new MediaException("room_not_found", "The room is not open.");
        return loop.Commands.InvokeAsync(() => question(RoomOf(loop, roomId)), cancellationToken);
    }

    private Task DoWhereItWatches(string roomId, string participantId, Action<Audience, Participant> action, CancellationToken cancellationToken) =>
        AskWhereItWatches(
            roomId,
            participantId,
            (audience, participant) =>
            {
                action(audience, participant);
                return true;
            },
            cancellationToken);

    /// <summary>Asks on the loop where the participant watches: the room's own, where a small room has nothing more to do, or a branch's.</summary>
    private async Task<T> AskWhereItWatches<T>(string roomId, string participantId, Func<Audience, Participant, T> question, CancellationToken cancellationToken)
    {
        var (audience, participant, answer) = await Ask(
            roomId,
            room =>
            {
                var (audience, participant) = room.Seat(participantId);
                return (audience, participant, audience.Loop == room.Loop ? new Answer<T>(question(audience, participant)) : null);
            },
            cancellationToken);
        return answer is not null ? answer.Value : await audience.Loop.Commands.InvokeAsync(() => question(audience, participant), cancellationToken);
    }

    private Task<T> AskConnection<T>(string roomId, string participantId, TransportKind kind, Func<PeerTransport, MediaLoop, T> question, CancellationToken cancellationToken) =>
        kind == TransportKind.Publish
            ? Ask(roomId, room => question(room.FindTransport(participantId), room.Loop), cancellationToken)
            : AskWhereItWatches(roomId, participantId, (audience, p) => question(audience.FindTransport(p), audience.Loop), cancellationToken);

    private sealed record Answer<T>(T Value);
}
