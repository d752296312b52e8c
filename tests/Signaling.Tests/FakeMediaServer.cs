using System.Collections.Concurrent;
using Classroom.MediaServer;
using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc;

namespace Classroom.Signaling.Tests;

/// <summary>A media server that keeps the rules of <see cref="IMediaServer"/> in memory and moves no media.</summary>
internal sealed class FakeMediaServer : IMediaServer
{
    private readonly Lock _lock = new();
    private readonly List<IRoomObserver> _observers = [];
    private readonly Dictionary<string, Dictionary<string, IParticipantListener?>> _rooms = [];
    private readonly Dictionary<string, string?> _classrooms = [];
    private int _publications;

    public ConcurrentQueue<string> Calls { get; } = new();

    public Dictionary<string, RecordingSwitch> Recordings { get; } = [];

    /// <summary>Participants whose media nobody may keep.</summary>
    public ConcurrentBag<string> NotRecorded { get; } = [];

    public List<PublicationInfo> Publications { get; } = [];

    public IMediaClock Clock => throw new NotSupportedException();

    /// <summary>Set to make the next negotiation fail.</summary>
    public MediaException? NextRefusal { get; set; }

    public Task OpenRoomAsync(string roomId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _rooms.TryAdd(roomId, []);
        }

        return Task.CompletedTask;
    }

    public Task CloseRoomAsync(string roomId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _rooms.Remove(roomId);
            Recordings.Remove(roomId);
            Publications.RemoveAll(publication => publication.RoomId == roomId);
        }

        return Task.CompletedTask;
    }

    public bool IsRoomOpen(string roomId)
    {
        lock (_lock)
        {
            return _rooms.ContainsKey(roomId);
        }
    }

    public Task SetRecordingAsync(string roomId, RecordingSwitch recording, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Recordings[roomId] = recording;
        }

        return Task.CompletedTask;
    }

    public Task JoinAsync(string roomId, ParticipantInfo participant, IParticipantListener? listener, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"join {participant.Id} {participant.ClassroomId}");
        if (participant.IsNotRecorded)
        {
            NotRecorded.Add(participant.Id);
        }

        lock (_lock)
        {
            Room(roomId)[participant.Id] = listener;
            _classrooms[participant.Id] = participant.ClassroomId;
        }

        return Task.CompletedTask;
    }

    public Task LeaveAsync(string roomId, string participantId, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"leave {participantId}");
        IParticipantListener? listener = null;
        lock (_lock)
        {
            if (_rooms.TryGetValue(roomId, out var room) && room.Remove(participantId, out listener))
            {
                RemovePublications(publication => publication.RoomId == roomId && publication.ParticipantId == participantId);
            }
        }

        listener?.OnTransportState(TransportKind.Publish, TransportState.Closed);
        return Task.CompletedTask;
    }

    public Task<SdpAnswer> PublishAsync(string roomId, string participantId, string offer, IReadOnlyDictionary<string, string> groups, CancellationToken cancellationToken)
    {
        DemandOffer(roomId, participantId, offer);
        lock (_lock)
        {
            foreach (var group in groups.Values.Distinct())
            {
                Add(new PublicationInfo($"p{++_publications}", roomId, participantId, _classrooms[participantId], group, MediaKind.Video, "H264", 90_000));
            }
        }

        return Task.FromResult(new SdpAnswer("v=0 answer", "etag-1"));
    }

    public Task UnpublishAsync(string roomId, string participantId, string group, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            RemovePublications(publication => publication.ParticipantId == participantId && publication.Group == group);
        }

        return Task.CompletedTask;
    }

    public Task SubscribeAsync(string roomId, string participantId, IReadOnlyCollection<string> publicationIds, CancellationToken cancellationToken)
    {
        IParticipantListener? listener;
        lock (_lock)
        {
            listener = Demand(roomId, participantId);
            Subscriptions[participantId] = [.. publicationIds];
        }

        var tracks = publicationIds.Select((id, index) => (Mid: $"{index + 1}", id)).ToDictionary(pair => pair.Mid, pair => pair.id);
        listener?.OnSubscribeOffer(1, "v=0 offer", tracks);
        return Task.CompletedTask;
    }

    public Task AnswerSubscribeAsync(string roomId, string participantId, int revision, string answer, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"answer {participantId} {revision}");
        return Task.CompletedTask;
    }

    public Task<SdpAnswer> SubscribeByOfferAsync(string roomId, string participantId, string offer, string group, CancellationToken cancellationToken)
    {
        DemandOffer(roomId, participantId, offer);
        lock (_lock)
        {
            return Publications.Exists(publication => publication.RoomId == roomId && publication.Group == group)
                ? Task.FromResult(new SdpAnswer("v=0 answer", "etag-1"))
                : throw new MediaException("group_not_found", "No such group.");
        }
    }

    public Task<string?> PatchAsync(string roomId, string participantId, TransportKind kind, string sdpFragment, CancellationToken cancellationToken) =>
        Task.FromResult(sdpFragment.Contains("a=ice-ufrag", StringComparison.Ordinal) ? "a=ice-ufrag:new\r\na=ice-pwd:new\r\n" : null);

    public Task RestartSubscribeAsync(string roomId, string participantId, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"restart {participantId}");
        return Task.CompletedTask;
    }

    public Task SetBandwidthAsync(string roomId, BandwidthPlan plan, CancellationToken cancellationToken)
    {
        Plans[roomId] = plan;
        return Task.CompletedTask;
    }

    /// <summary>What each participant receives.</summary>
    public ConcurrentDictionary<string, string[]> Subscriptions { get; } = [];

    public ConcurrentDictionary<string, BandwidthPlan> Plans { get; } = [];

    public Task SetLayersAsync(string roomId, string participantId, IReadOnlyDictionary<string, LayerWish> wishes, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"layers {participantId} {string.Join(' ', wishes.Select(w => $"{w.Key}={(w.Value.IsPaused ? "paused" : w.Value.MaxHeight)}"))}");
        return Task.CompletedTask;
    }

    /// <summary>Tells a participant which encodings are needed, as the media server does.</summary>
    public void WantLayers(string roomId, string participantId, string mid, params string[] rids)
    {
        lock (_lock)
        {
            Demand(roomId, participantId)!.OnLayersWanted(mid, rids);
        }
    }

    public Task SetMutedAsync(string roomId, string participantId, bool muted, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"mute {participantId} {muted}");
        return Task.CompletedTask;
    }

    public Task SetOverloadedAsync(string roomId, string participantId, bool overloaded, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"overloaded {participantId} {overloaded}");
        return Task.CompletedTask;
    }

    public Task SetCirclesAsync(string roomId, IReadOnlyDictionary<string, string> circleOf, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"circles {string.Join(' ', circleOf.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"))}");
        return Task.CompletedTask;
    }

    /// <summary>Somebody is the loudest.</summary>
    public void Speak(PublicationInfo publication)
    {
        lock (_lock)
        {
            _observers.ForEach(observer => observer.OnSpeaker(publication));
        }
    }

    public void RequestKeyframe(string roomId, string publicationId) => Calls.Enqueue($"keyframe {publicationId}");

    public Task<IMediaFeed> FeedAsync(string roomId, string participantId, string group, IReadOnlyCollection<MediaKind> kinds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IDisposable> AttachSinkAsync(string roomId, string publicationId, IMediaSink sink, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IDisposable Observe(IRoomObserver observer)
    {
        lock (_lock)
        {
            _observers.Add(observer);
        }

        return new Observation(() => _observers.Remove(observer));
    }

    public Task<IDisposable> TraceAsync(string roomId, string participantId, TransportKind kind, IConnectionTrace trace, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the media server would tell; null: nothing.</summary>
    public RoomStatistics? Statistics { get; set; }

    public Task<RoomStatistics?> GetStatisticsAsync(string roomId, CancellationToken cancellationToken) => Task.FromResult(Statistics);

    /// <summary>Somebody takes the floor, as the loudness of the microphones has it.</summary>
    public void Speak(string participantId, string group)
    {
        lock (_lock)
        {
            var publication = Publications.First(p => p.ParticipantId == participantId && p.Group == group);
            _observers.ForEach(observer => observer.OnSpeaker(publication));
        }
    }

    /// <summary>Tells a participant that its pictures come in less than asked for.</summary>
    public void Limit(string roomId, string participantId, Dictionary<string, LimitReason> limits)
    {
        lock (_lock)
        {
            Demand(roomId, participantId)!.OnLimits(limits);
        }
    }

    private Dictionary<string, IParticipantListener?> Room(string roomId) =>
        _rooms.TryGetValue(roomId, out var room) ? room : throw new MediaException("room_not_found", "No such room.");

    private IParticipantListener? Demand(string roomId, string participantId) =>
        Room(roomId).TryGetValue(participantId, out var listener) ? listener : throw new MediaException("participant_not_found", "No such participant.");

    private void DemandOffer(string roomId, string participantId, string offer)
    {
        lock (_lock)
        {
            Demand(roomId, participantId);
        }

        if (NextRefusal is { } refusal)
        {
            NextRefusal = null;
            throw refusal;
        }

        if (!offer.StartsWith("v=0", StringComparison.Ordinal))
        {
            throw new MediaException("bad_sdp", "This is no session description.");
        }
    }

    private void Add(PublicationInfo publication)
    {
        Publications.Add(publication);
        _observers.ForEach(observer => observer.OnPublicationAdded(publication));
    }

    private void RemovePublications(Predicate<PublicationInfo> which)
    {
        foreach (var publication in Publications.FindAll(which))
        {
            Publications.Remove(publication);
            _observers.ForEach(observer => observer.OnPublicationRemoved(publication));
        }
    }

    private sealed class Observation(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
