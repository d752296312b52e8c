using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Rooms;

/// <summary>
/// A participant's receiving connection that the server offers: its sections, which publication each carries, and the one
/// offer that is under way. Changes meanwhile wait for the answer and go into the next offer together.
/// </summary>
internal sealed class SubscribeConnection(MediaLoop loop, PeerTransport transport)
{
    private const int MaxSections = 128;
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(3);

    private readonly List<SubscribeSection> _sections = [];
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LayerWish> _wishes = new(StringComparer.Ordinal);
    private Instant _offeredAt = Instant.MinValue;
    private bool _answerIsDue;
    private bool _changed = true;

    public PeerTransport Transport { get; } = transport;

    public int Revision { get; private set; }

    /// <summary>Server offers may not be mixed with a viewer's own (WHEP).</summary>
    public bool IsByOffer { get; init; }

    public IReadOnlyCollection<string> Wanted => _wanted;

    public IEnumerable<Subscription> Subscriptions => _sections.Where(s => s.Subscription is not null).Select(s => s.Subscription!);

    public void Want(IEnumerable<string> publicationIds)
    {
        _wanted.Clear();
        _wanted.UnionWith(publicationIds.Take(MaxSections));
    }

    /// <summary>What the page shows of each publication; those not named are shown in full.</summary>
    public void SetWishes(IReadOnlyDictionary<string, LayerWish> wishes, Instant now)
    {
        _wishes.Clear();
        foreach (var (id, wish) in wishes.Take(MaxSections))
        {
            _wishes[id] = wish;
        }

        foreach (var subscription in Subscriptions)
        {
            subscription.SetWish(_wishes.GetValueOrDefault(subscription.Publication.Info.Id, LayerWish.Everything), now);
        }
    }

    /// <summary>Brings the sections in line with what is wanted and there.</summary>
    public void Reconcile(IReadOnlyDictionary<string, Publication> publications, Func<Publication, bool> mayReceive)
    {
        foreach (var section in _sections.Where(s => s.Subscription is { } sub && (sub.Publication.IsClosed || !_wanted.Contains(sub.Publication.Info.Id))))
        {
            section.Release();
            _changed = true;
        }

        var carried = Subscriptions.Select(s => s.Publication.Info.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in _wanted)
        {
            if (!carried.Contains(id) && publications.TryGetValue(id, out var publication) && mayReceive(publication))
            {
                Carry(publication);
            }
        }
    }

    /// <summary>Makes the next offer when something changed and none is under way; null otherwise.</summary>
    public SubscribeOfferText? NextOffer(Instant now)
    {
        var waiting = _answerIsDue && now - _offeredAt < s_answerLimit;
        if (!_changed || waiting)
        {
            return null;
        }

        _changed = false;
        _answerIsDue = true;
        _offeredAt = now;
        Revision++;
        var tracks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in _sections.Where(s => s.Subscription is not null && !s.IsDead))
        {
            tracks[section.Mid] = section.Subscription!.Publication.Info.Id;
        }

        var text = SubscribeOffer.Write([.. _sections.Select(s => s.Describe())], Transport.Describe("actpass"));
        return new SubscribeOfferText(Revision, text, tracks);
    }

    /// <summary>New ICE credentials are in the next offer, which does not wait.</summary>
    public void OfferAfresh()
    {
        _changed = true;
        _answerIsDue = false;
    }

    public void Answer(RemoteDescription answer, Instant now)
    {
        _answerIsDue = false;
        Transport.SetRemote(answer);
        foreach (var section in _sections)
        {
            var remote = answer.Sections.FirstOrDefault(s => s.Mid == section.Mid);
            if (remote is not null && section.Settle(remote, now))
            {
                _changed |= section.IsDead;
            }
        }
    }

    /// <summary>Takes a subscription that a viewer's own offer made (WHEP).</summary>
    public void Adopt(string mid, Subscription subscription, RtpCodec codec, SentFormat format, Instant now)
    {
        _sections.Add(new SubscribeSection(mid, codec) { Subscription = subscription });
        subscription.Accept(format, now);
    }

    public void Close()
    {
        foreach (var section in _sections)
        {
            section.Release();
        }

        Transport.Close();
    }

    private void Carry(Publication publication)
    {
        var codec = MediaCodecs.ForOffer(publication.Info.Codec);
        var section = _sections.Find(s => s.IsFree && s.Codec.Name == codec.Name);
        if (section is null)
        {
            if (_sections.Count == MaxSections)
            {
                return;
            }

            section = new SubscribeSection((_sections.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), codec);
            _sections.Add(section);
        }

        section.Subscription = SubscriptionFactory.Create(publication, Transport, loop);
        if (_wishes.TryGetValue(publication.Info.Id, out var wish))
        {
            section.Subscription.SetWish(wish, loop.Clock.Now);
        }

        _changed = true;
    }
}

/// <summary>An offer on its way to a page.</summary>
internal sealed record SubscribeOfferText(int Revision, string Sdp, IReadOnlyDictionary<string, string> Tracks);
