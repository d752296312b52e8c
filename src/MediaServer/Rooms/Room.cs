using Classroom.MediaServer.Audio;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Rooms;

/// <summary>The live forwarding group of one lesson. Lives on one loop and is touched by its thread only.</summary>
internal sealed class Room(string id, MediaLoop loop)
{
    private readonly Dictionary<string, Participant> _participants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Publication> _publications = new(StringComparer.Ordinal);
    private readonly VoiceRanking _voices = new(loop.LoudestVoices);
    private RecordingSwitch? _recording;

    public string Id { get; } = id;

    public MediaLoop Loop { get; } = loop;

    public RoomBandwidth Bandwidth { get; } = new();

    public IReadOnlyDictionary<string, Publication> Publications => _publications;

    public IReadOnlyCollection<Participant> Participants => _participants.Values;

    public void Describe(Action<Action<IRoomObserver>> tell)
    {
        tell(o => o.OnRoomOpened(Id));
        foreach (var publication in _publications.Values)
        {
            tell(o => o.OnPublicationAdded(publication.Info));
        }

        if (_recording is { } recording)
        {
            tell(o => o.OnRecording(Id, recording));
        }
    }

    public void SetRecording(RecordingSwitch recording)
    {
        _recording = recording;
        Loop.Observers.Tell(o => o.OnRecording(Id, recording));
    }

    public void Join(ParticipantInfo info, IParticipantListener? listener)
    {
        Leave(info.Id);
        if (_participants.Count >= Loop.Limits.MostParticipants)
        {
            throw Loop.LimitReached("The room is full.");
        }

        _participants.Add(info.Id, new Participant(this, info, listener));
    }

    public void Leave(string participantId)
    {
        if (!_participants.Remove(participantId, out var participant))
        {
            return;
        }

        ClosePublish(participant);
        CloseSubscribe(participant);
        Reconcile();
    }

    public void Close()
    {
        foreach (var participant in _participants.Values.ToArray())
        {
            _participants.Remove(participant.Info.Id);
            ClosePublish(participant);
            CloseSubscribe(participant);
        }

        Loop.Rooms.Remove(Id);
        Loop.Observers.Tell(o => o.OnRoomClosed(Id));
    }

    public Participant Find(string participantId) =>
        _participants.GetValueOrDefault(participantId) ?? throw new MediaException("participant_not_found", "Nobody with this id has joined.");

    public PeerTransport FindTransport(string participantId, TransportKind kind) =>
        (kind == TransportKind.Publish ? Find(participantId).Publish : Find(participantId).Subscribe?.Transport)
            ?? throw new MediaException("closed", "This connection has ended.");

    /// <summary>Publications of a name; the newest participant's when two use the same.</summary>
    public IReadOnlyList<Publication> FindGroup(string group)
    {
        var owner = _publications.Values.LastOrDefault(p => p.Info.Group == group)?.Owner
            ?? throw new MediaException("group_not_found", "Nothing is published under this name.");
        return [.. owner.Publications.Values.Where(p => p.Info.Group == group)];
    }

    public void Add(Publication publication)
    {
        _publications.Add(publication.Info.Id, publication);
        publication.Owner.Publications[publication.Mid] = publication;
        Bandwidth.Classify(publication);
        if (publication.Voice is { } voice)
        {
            _voices.Add(voice);
        }

        Loop.Observers.Tell(o => o.OnPublicationAdded(publication.Info));
    }

    public void Remove(Publication publication)
    {
        _publications.Remove(publication.Info.Id);
        publication.Owner.Publications.Remove(publication.Mid);
        if (publication.Voice is { } voice)
        {
            _voices.Remove(voice);
        }

        publication.Transport.Remove(publication);
        publication.Close();
        Loop.Observers.Tell(o => o.OnPublicationRemoved(publication.Info));
        publication.Dispose();
    }

    public void Unpublish(string participantId, string group)
    {
        foreach (var publication in Find(participantId).Publications.Values.Where(p => p.Info.Group == group).ToArray())
        {
            Remove(publication);
        }

        Reconcile();
    }

    public void Subscribe(string participantId, IReadOnlyCollection<string> publicationIds)
    {
        var participant = Find(participantId);
        if (participant.Subscribe is not { IsByOffer: false, Transport.IsClosed: false })
        {
            CloseSubscribe(participant);
            participant.Subscribe = new SubscribeConnection(Loop, new PeerTransport(Loop, participant, TransportKind.Subscribe));
        }

        participant.Subscribe.Want(publicationIds);
        Reconcile(participant);
    }

    public void AnswerSubscribe(string participantId, int revision, RemoteDescription answer)
    {
        var participant = Find(participantId);
        if (participant.Subscribe is { IsByOffer: false } connection && connection.Revision == revision)
        {
            connection.Answer(answer, Loop.Clock.Now);
            Reconcile(participant);
        }
    }

    public void RestartSubscribe(string participantId)
    {
        var participant = Find(participantId);
        if (participant.Subscribe is not { IsByOffer: false } connection)
        {
            Subscribe(participantId, []);
            return;
        }

        if (connection.Transport.IsClosed)
        {
            var wanted = connection.Wanted.ToArray();
            Subscribe(participantId, wanted);
            return;
        }

        connection.Transport.Ice.Restart();
        connection.OfferAfresh();
        Reconcile(participant);
    }

    /// <summary>New ICE credentials of a peer restart ICE; the server's own are the result. Candidates alone need nothing.</summary>
    public string? Patch(string participantId, TransportKind kind, IceFragment fragment)
    {
        var transport = FindTransport(participantId, kind);
        if (fragment.Ufrag is null || fragment.Password is null || fragment.Ufrag == transport.Ice.RemoteUfrag)
        {
            return null;
        }

        transport.Ice.Restart();
        transport.Ice.SetRemote(fragment.Ufrag, fragment.Password);
        return IceFragment.Write(transport.Ice.Local.Ufrag, transport.Ice.Local.Password);
    }

    public void Tick(Instant now)
    {
        Bandwidth.Tick(_participants.Values, now);
        if (_voices.Tick(now) && _voices.Speaker is { } speaker)
        {
            Loop.Observers.Tell(o => o.OnSpeaker(speaker));
        }
    }

    public void SetLayers(string participantId, IReadOnlyDictionary<string, LayerWish> wishes)
    {
        var participant = Find(participantId);
        if (participant.Subscribe is null)
        {
            Subscribe(participantId, []);
        }

        participant.Subscribe!.SetWishes(wishes, Loop.Clock.Now);
    }

    public void SetMuted(string participantId, bool muted) => Find(participantId).IsMuted = muted;

    /// <summary>Brings every subscriber in line after publications came or went.</summary>
    public void Reconcile()
    {
        foreach (var participant in _participants.Values)
        {
            Reconcile(participant);
        }
    }

    public void OnTransportGone(PeerTransport transport)
    {
        var participant = transport.Owner;
        if (participant.Publish == transport)
        {
            ClosePublish(participant);
            Reconcile();
        }
        else if (participant.Subscribe?.Transport == transport)
        {
            // The wish is kept: a restart brings everything back on a new connection.
            participant.Subscribe.Close();
        }
        else
        {
            transport.Close();
        }
    }

    public void ClosePublish(Participant participant)
    {
        foreach (var publication in participant.Publications.Values.ToArray())
        {
            Remove(publication);
        }

        participant.Publish?.Close();
        participant.Publish = null;
    }

    public static void CloseSubscribe(Participant participant)
    {
        participant.Subscribe?.Close();
        participant.Subscribe = null;
    }

    private void Reconcile(Participant participant)
    {
        if (participant.Subscribe is not { IsByOffer: false, Transport.IsClosed: false } connection)
        {
            return;
        }

        connection.Reconcile(_publications, participant.MayReceive);
        if (connection.NextOffer(Loop.Clock.Now) is { } offer)
        {
            Loop.Notify(participant, l => l.OnSubscribeOffer(offer.Revision, offer.Sdp, offer.Tracks));
        }
    }
}
