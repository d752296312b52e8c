namespace Classroom.Rtc.Congestion;

/// <summary>
/// What the waiting time says that its trend does not: a long queue is no doubt whatever its slope, one that stands would
/// stay for ever, and what has gathered has to be emptied.
/// </summary>
internal sealed class QueueWatch
{
    private const double ToleratedMs = 20;

    // On a slow line a frame of our own is a queue for as long as it takes.
    private const double FrameBits = 4800 * 8;
    private const double StandingFactor = 1.2;
    private const double LongMs = 80;
    private const double LongFactor = 2;
    private const double DrainMs = 600;
    private const double MostDrain = 0.8;
    private static readonly TimeSpan s_standing = TimeSpan.FromMilliseconds(300);
    private QueueDelay _delay;
    private Instant _standingSince = Instant.Never;
    private double _lastMs;
    private double _toleratedMs = ToleratedMs;

    public double Milliseconds => _delay.Milliseconds;

    /// <summary>Short enough for a rise.</summary>
    public bool IsTolerable => Milliseconds < _toleratedMs;

    /// <summary>So long that what arrives is exactly what the line takes.</summary>
    public bool IsLong => Milliseconds > Math.Max(LongMs, _toleratedMs * LongFactor);

    /// <summary>More is sent than the line takes, whatever the trend says.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Share of the line that is left for new packets when the queue shall soon be gone, 0.2 to 1.</summary>
    public double DrainFactor => 1 - Math.Clamp((Milliseconds - _toleratedMs) / DrainMs, 0, MostDrain);

    /// <param name="sent">Microseconds on our clock.</param>
    /// <param name="arrived">Microseconds on the receiver's clock.</param>
    public void Add(long sent, long arrived) => _delay.Add(sent, arrived);

    /// <summary>Judges after each report.</summary>
    public void Update(Bitrate rate, TimeSpan roundTrip, Instant now)
    {
        _toleratedMs = Math.Max(ToleratedMs, FrameBits / rate.KilobitsPerSecond);
        IsOver = (IsLong && Milliseconds > _lastMs) || IsStanding(roundTrip, now);
        _lastMs = Milliseconds;
    }

    public void Reset()
    {
        _delay = default;
        _standingSince = Instant.Never;
        _lastMs = 0;
        IsOver = false;
    }

    private bool IsStanding(TimeSpan roundTrip, Instant now)
    {
        _standingSince = Milliseconds < _toleratedMs * StandingFactor ? Instant.Never : Instant.Min(_standingSince, now);
        if (_standingSince == Instant.Never || now - _standingSince < roundTrip + s_standing)
        {
            return false;
        }

        _standingSince = now;
        return true;
    }
}
