using Classroom.MediaServer.Transports;
using Classroom.Rtc;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>Tells a participant which pictures come in less than asked for and why, when that has changed; not more often than can be read.</summary>
internal sealed class LimitNotes
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    // Every connection begins with what little is known of its line; what passes within seconds is no news.
    private static readonly TimeSpan s_lasting = TimeSpan.FromSeconds(5);
    private Dictionary<string, LimitReason> _told = [];
    private Instant _next = Instant.MinValue;

    /// <returns>What to tell; null: nothing new.</returns>
    public IReadOnlyDictionary<string, LimitReason>? Next(PeerTransport transport, Instant now)
    {
        if (now < _next || !HasChanged(transport, now))
        {
            return null;
        }

        _next = now + s_pause;
        _told = [];
        foreach (var subscription in transport.Subscriptions.All)
        {
            if (IsWorthTelling(subscription.Stream, now))
            {
                _told[subscription.Publication.Info.Id] = subscription.Stream.Reason;
            }
        }

        return _told;
    }

    private bool HasChanged(PeerTransport transport, Instant now)
    {
        var limited = 0;
        foreach (var subscription in transport.Subscriptions.All)
        {
            if (!IsWorthTelling(subscription.Stream, now))
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
    private static bool IsWorthTelling(WantedStream stream, Instant now) =>
        stream.Reason is not (LimitReason.None or LimitReason.Paused) && now - stream.LimitedSince >= s_lasting;
}
