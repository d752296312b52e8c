using Classroom.MediaServer.Transports;
using Classroom.Rtc;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>Tells a participant which pictures come in less than asked for and why, when that has changed; not more often than can be read.</summary>
internal sealed class LimitNotes
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);
    private Dictionary<string, LimitReason> _told = [];
    private Instant _next = Instant.MinValue;

    /// <returns>What to tell; null: nothing new.</returns>
    public IReadOnlyDictionary<string, LimitReason>? Next(PeerTransport transport, Instant now)
    {
        if (now < _next || !HasChanged(transport))
        {
            return null;
        }

        _next = now + s_pause;
        _told = [];
        foreach (var subscription in transport.Subscriptions.All)
        {
            if (IsWorthTelling(subscription.Stream.Reason))
            {
                _told[subscription.Publication.Info.Id] = subscription.Stream.Reason;
            }
        }

        return _told;
    }

    private bool HasChanged(PeerTransport transport)
    {
        var limited = 0;
        foreach (var subscription in transport.Subscriptions.All)
        {
            if (!IsWorthTelling(subscription.Stream.Reason))
            {
                continue;
            }

            limited++;
            if (!_told.TryGetValue(subscription.Publication.Info.Id, out var told) || told != subscription.Stream.Reason)
            {
                return true;
            }
        }

        return limited != _told.Count;
    }

    // What the page itself has paused is no news to it.
    private static bool IsWorthTelling(LimitReason reason) => reason is not (LimitReason.None or LimitReason.Paused);
}
