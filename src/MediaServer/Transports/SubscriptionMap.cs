using Classroom.MediaServer.Forwarding;

namespace Classroom.MediaServer.Transports;

/// <summary>What a connection sends: subscriptions by the source that they send under.</summary>
internal sealed class SubscriptionMap
{
    private readonly Dictionary<uint, Subscription> _bySource = [];

    public Dictionary<uint, Subscription>.ValueCollection All => _bySource.Values;

    public Subscription? Find(uint ssrc) => _bySource.GetValueOrDefault(ssrc);

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

    public void Add(Subscription subscription) => _bySource[subscription.Ssrc] = subscription;

    public void Remove(Subscription subscription) => _bySource.Remove(subscription.Ssrc);
}
