using Classroom.Rtc;

namespace Classroom.MediaServer.Feeds;

/// <summary>
/// Where a sender's clock stands on ours: the windowed minimum of (arrival − sender's time), which is the packet that waited
/// least on its way. It follows a sender whose crystal runs faster or slower than ours. Shared by the streams of a feed, so
/// that they stay in step exactly.
/// </summary>
internal sealed class FeedClock
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(5);

    private Instant _windowEnd = Instant.MinValue;
    private long _shortest = long.MaxValue;
    private long _shortestBefore = long.MaxValue;

    /// <summary>Our clock minus the sender's, in ticks; of the last five to ten seconds.</summary>
    public long Offset => Math.Min(_shortest, _shortestBefore);

    /// <param name="senderTicks">When the sender took the sample, on its clock.</param>
    public void OnPacket(long senderTicks, Instant arrival)
    {
        if (arrival >= _windowEnd)
        {
            _windowEnd = arrival + s_window;
            (_shortestBefore, _shortest) = (_shortest, long.MaxValue);
        }

        _shortest = Math.Min(_shortest, arrival.Ticks - senderTicks);
    }
}
