using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Bits per second over the last full second.</summary>
internal struct RateMeter
{
    private Instant _since;
    private long _bytes;

    public double BitsPerSecond { get; private set; }

    public void Add(int bytes) => _bytes += bytes;

    /// <summary>Called about once a second or more often.</summary>
    public void Tick(Instant now)
    {
        var elapsed = now - _since;
        if (elapsed < TimeSpan.FromSeconds(1))
        {
            return;
        }

        BitsPerSecond = _bytes * 8 / elapsed.TotalSeconds;
        _bytes = 0;
        _since = now;
    }
}
