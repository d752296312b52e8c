using Classroom.MediaServer.Forwarding;

namespace Classroom.MediaServer.Transports;

/// <summary>What a connection sends: subscriptions by the source that they send under.</summary>
internal sealed class SubscriptionMap
{
    private readonly Dictionary<uint, Subscription> _bySource = [];
    private readonly Dictionary<ushort, Subscription> _byPlace = [];
    private ushort _lastPlace;

    public Dictionary<uint, Subscription>.ValueCollection All => _bySource.Values;

    public Subscription? Find(uint ssrc) => _bySource.GetValueOrDefault(ssrc);

    /// <summary>The one with that <see cref="Subscription.Place"/>.</summary>
    public Subscription? At(ushort place) => _byPlace.GetValueOrDefault(place);

    /// <summary>Something is sent under this source.</summary>
    public bool Uses(uint ssrc)
    {
        foreach (var subscription in _bySource.Values)
        {
            if (subscription.Ssrc == ssrc || subscription.Repair?.Ssrc == ssrc)
            {
                return true;
            }
        }

        return false;
    }

    public void Add(Subscription subscription)
    {
        _bySource[subscription.Ssrc] = subscription;
        do
        {
            _lastPlace++;
        }
        while (_lastPlace == 0 || _byPlace.ContainsKey(_lastPlace));
        subscription.Place = _lastPlace;
        _byPlace[_lastPlace] = subscription;
    }

    public void Remove(Subscription subscription)
    {
        _bySource.Remove(subscription.Ssrc);
        _byPlace.Remove(subscription.Place);
    }
}
