using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Rooms;

/// <summary>
/// Those of a room who watch on one loop, and what there is to watch: all of a small room; of a large one those who are on
/// the room's own loop, or on a branch of it.
/// </summary>
/// <param name="loop">Whose thread alone touches it.</param>
/// <param name="schools">How what a school may receive is divided.</param>
internal sealed class Audience(MediaLoop loop, ISchoolLevels schools) : ITransportKeeper
{
    private readonly Dictionary<Participant, Viewer> _viewers = [];
    private readonly Dictionary<string, Publication> _publications = new(StringComparer.Ordinal);

    public MediaLoop Loop { get; } = loop;

    public RoomBandwidth Bandwidth { get; } = new(schools);

    /// <summary>The room's own, or their mirrors.</summary>
    public IReadOnlyDictionary<string, Publication> Publications => _publications;

    public IReadOnlyCollection<Viewer> Viewers => _viewers.Values;

    public void Admit(Participant participant) => _viewers.TryAdd(participant, new Viewer(participant));

    public void Dismiss(Participant participant)
    {
        if (_viewers.Remove(participant, out var viewer))
        {
            viewer.Close();
        }
    }

    public SubscribeConnection? ConnectionOf(Participant participant) => _viewers.GetValueOrDefault(participant)?.Connection;

    /// <exception cref="MediaException">The participant has left.</exception>
    public Viewer Find(Participant participant) =>
        _viewers.GetValueOrDefault(participant) ?? throw new MediaException("participant_not_found", "Nobody with this id has joined.");

    /// <exception cref="MediaException">It has none.</exception>
    public PeerTransport FindTransport(Participant participant) =>
        Find(participant).Connection?.Transport ?? throw new MediaException("closed", "This connection has ended.");

    /// <summary>Publications of a name; the newest participant's when two use the same.</summary>
    public IReadOnlyList<Publication> FindGroup(string group)
    {
        var owner = _publications.Values.LastOrDefault(p => p.Info.Group == group)?.Owner
            ?? throw new MediaException("group_not_found", "Nothing is published under this name.");
        return [.. _publications.Values.Where(p => p.Owner == owner && p.Info.Group == group)];
    }

    public void Add(Publication publication)
    {
        _publications.Add(publication.Info.Id, publication);
        Bandwidth.Classify(publication);
    }

    public void Remove(Publication publication)
    {
        _publications.Remove(publication.Info.Id);
        publication.Close();
        publication.Dispose();
    }

    public void Subscribe(Participant participant, IReadOnlyCollection<string> publicationIds)
    {
        var viewer = Find(participant);
        if (viewer.Connection is not { IsByOffer: false, Transport.IsClosed: false })
        {
            viewer.Close();
            viewer.Connection = new SubscribeConnection(Loop, new PeerTransport(Loop, participant, TransportKind.Subscribe, this));
        }

        viewer.Connection.Want(publicationIds);
        Reconcile(viewer);
    }

    public void Answer(Participant participant, int revision, RemoteDescription answer)
    {
        var viewer = Find(participant);
        if (viewer.Connection is { IsByOffer: false } connection && connection.Revision == revision)
        {
            connection.Answer(answer, Loop.Clock.Now);
            Reconcile(viewer);
        }
    }

    public void Restart(Participant participant)
    {
        var viewer = Find(participant);
        if (viewer.Connection is not { IsByOffer: false } connection)
        {
            Subscribe(participant, []);
            return;
        }

        if (connection.Transport.IsClosed)
        {
            Subscribe(participant, [.. connection.Wanted]);
            return;
        }

        connection.Transport.Ice.Restart();
        connection.OfferAfresh();
        Reconcile(viewer);
    }

    public void SetLayers(Participant participant, IReadOnlyDictionary<string, LayerWish> wishes)
    {
        var viewer = Find(participant);
        if (viewer.Connection is null)
        {
            Subscribe(participant, []);
        }

        viewer.Connection!.SetWishes(wishes, Loop.Clock.Now);
    }

    /// <summary>Brings every viewer in line after publications came or went.</summary>
    public void Reconcile()
    {
        foreach (var viewer in _viewers.Values)
        {
            Reconcile(viewer);
        }
    }

    public void Tick(Instant now) => Bandwidth.Tick(_viewers.Values, now);

    public void OnTransportGone(PeerTransport transport)
    {
        if (ConnectionOf(transport.Owner) is { } connection && connection.Transport == transport)
        {
            // The wish is kept: a restart brings everything back on a new connection.
            connection.Close();
        }
        else
        {
            transport.Close();
        }
    }

    public void Close()
    {
        foreach (var viewer in _viewers.Values)
        {
            viewer.Close();
        }

        _viewers.Clear();
    }

    private void Reconcile(Viewer viewer)
    {
        if (viewer.Connection is not { IsByOffer: false, Transport.IsClosed: false } connection)
        {
            return;
        }

        connection.Reconcile(_publications, viewer.Participant.MayReceive);
        if (connection.NextOffer(Loop.Clock.Now) is { } offer)
        {
            Loop.Notify(viewer.Participant, l => l.OnSubscribeOffer(offer.Revision, offer.Sdp, offer.Tracks));
        }
    }
}
