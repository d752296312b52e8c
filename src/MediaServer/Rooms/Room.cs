using Classroom.MediaServer.Audio;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Feeds;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;

namespace Classroom.MediaServer.Rooms;

/// <summary>
/// The live forwarding group of one lesson: who is there, what is published, and who watches where. Lives on one loop and is
/// touched by its thread only; a large room has branches on others.
/// </summary>
internal sealed class Room : ITransportKeeper
{
    private readonly Dictionary<string, Participant> _participants = new(StringComparer.Ordinal);
    private readonly VoiceCircles _voices;
    private readonly BranchList _branches;
    private RecordingSwitch? _recording;
    private BandwidthPlan _plan = new();
    private bool _hasChanged;

    public Room(string id, MediaLoop loop)
    {
        Id = id;
        Loop = loop;
        _voices = new VoiceCircles(loop.LoudestVoices);
        _branches = new BranchList(loop);
        Audience = new Audience(loop, _branches);
    }

    public string Id { get; }

    public MediaLoop Loop { get; }

    /// <summary>Who watches on this loop: everybody, in a small room.</summary>
    public Audience Audience { get; }

    /// <summary>Audiences on other loops, only to name them.</summary>
    public IEnumerable<Audience> OtherAudiences => _branches.Links.Select(l => l.Audience);

    public IReadOnlyDictionary<string, Publication> Publications => Audience.Publications;

    public IReadOnlyCollection<Participant> Participants => _participants.Values;

    public void Describe(Action<Action<IRoomObserver>> tell)
    {
        tell(o => o.OnRoomOpened(Id));
        foreach (var publication in Publications.Values)
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

    public void SetBandwidth(BandwidthPlan plan)
    {
        _plan = plan;
        Audience.Bandwidth.Set(plan, Publications.Values);
        _branches.Post(b => b.Audience.Bandwidth.Set(plan, b.Audience.Publications.Values));
    }

    public void Join(ParticipantInfo info, IParticipantListener? listener)
    {
        Leave(info.Id);
        if (_participants.Count >= Loop.Limits.MostParticipants)
        {
            throw Loop.LimitReached("The room is full.");
        }

        _participants.Add(info.Id, new Participant(info, listener));
    }

    public void Leave(string participantId)
    {
        if (!_participants.Remove(participantId, out var participant))
        {
            return;
        }

        ClosePublish(participant);
        Dismiss(participant);
        Reconcile();
    }

    /// <returns>Loops of branches, which close after what they were told.</returns>
    public IReadOnlyList<MediaLoop> Close()
    {
        MediaLoop[] others = [.. _branches.Links.Select(l => l.Loop)];
        _branches.Close();
        foreach (var participant in _participants.Values.ToArray())
        {
            _participants.Remove(participant.Info.Id);
            ClosePublish(participant);
        }

        Audience.Close();
        Loop.Rooms.Remove(Id);
        Loop.Observers.Tell(o => o.OnRoomClosed(Id));
        return others;
    }

    public Participant Find(string participantId) =>
        _participants.GetValueOrDefault(participantId) ?? throw new MediaException("participant_not_found", "Nobody with this id has joined.");

    /// <summary>The connection on which somebody publishes.</summary>
    public PeerTransport FindTransport(string participantId) =>
        Find(participantId).Publish ?? throw new MediaException("closed", "This connection has ended.");

    /// <summary>Where somebody watches; a place is chosen the first time.</summary>
    public (Audience Audience, Participant Participant) Seat(string participantId)
    {
        var participant = Find(participantId);
        return (participant.Audience ??= Admit(participant), participant);
    }

    public void Add(Publication publication)
    {
        Audience.Add(publication);
        _branches.Mirror(publication);
        publication.Owner.Publications[publication.Mid] = publication;
        _hasChanged = true;
        if (publication.Voice is { } voice)
        {
            _voices.Add(voice);
        }

        Loop.Observers.Tell(o => o.OnPublicationAdded(publication.Info));
    }

    public void Remove(Publication publication)
    {
        publication.Owner.Publications.Remove(publication.Mid);
        _hasChanged = true;
        if (publication.Voice is { } voice)
        {
            _voices.Remove(voice);
        }

        publication.Source.End.Remove(publication);
        Audience.Remove(publication);
        _branches.Drop(publication);
        Loop.Observers.Tell(o => o.OnPublicationRemoved(publication.Info));
    }

    public void Unpublish(string participantId, string group)
    {
        foreach (var publication in Find(participantId).Publications.Values.Where(p => p.Info.Group == group).ToArray())
        {
            Remove(publication);
        }

        Reconcile();
    }

    public void Tick(Instant now)
    {
        Audience.Tick(now);
        foreach (var ranking in _voices.Rankings)
        {
            if (ranking.Tick(now) && ranking.Speaker is { } speaker)
            {
                TellSpeaker(speaker);
            }
        }
    }

    public void SetMuted(string participantId, bool muted) => Find(participantId).IsMuted = muted;

    public void SetOverloaded(string participantId, bool overloaded) => Find(participantId).IsOverloaded = overloaded;

    public void SetCircles(IReadOnlyDictionary<string, string> circleOf) => _voices.Set(circleOf);

    /// <summary>Brings every subscriber in line after publications came or went.</summary>
    public void Reconcile()
    {
        Audience.Reconcile();
        if (_hasChanged)
        {
            _hasChanged = false;
            _branches.Post(b => b.Audience.Reconcile());
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
        participant.Feed?.Close();
        participant.Feed = null;
    }

    /// <summary>Ends a feed that was not replaced meanwhile.</summary>
    public void EndFeed(Participant participant, Feed feed)
    {
        if (participant.Feed == feed)
        {
            ClosePublish(participant);
            Reconcile();
        }
    }

    // By itself: what it captures is allocated as soon as a scope is entered, and every tick enters that.
    private void TellSpeaker(PublicationInfo speaker) => Loop.Observers.Tell(o => o.OnSpeaker(speaker));

    private Audience Admit(Participant participant)
    {
        if (_branches.Choose(Audience.Viewers.Count, out var isNew) is not { } link)
        {
            Audience.Admit(participant);
            return Audience;
        }

        if (isNew)
        {
            var plan = _plan;
            link.Post(b => b.Audience.Bandwidth.Set(plan, []));
            foreach (var publication in Publications.Values)
            {
                link.Mirror(publication);
            }
        }

        link.Post(b => b.Audience.Admit(participant));
        return link.Audience;
    }

    private void Dismiss(Participant participant)
    {
        if (participant.Audience == Audience)
        {
            Audience.Dismiss(participant);
        }
        else if (participant.Audience is { } elsewhere)
        {
            elsewhere.Loop.Commands.Send(() => elsewhere.Dismiss(participant));
        }
    }
}
