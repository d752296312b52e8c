using Classroom.Rtc;

namespace Classroom.MediaServer.Loops;

/// <summary>How busy a loop is: the processor time of its thread over the last seconds. Written by its thread, read by all.</summary>
internal sealed class LoopLoad
{
    private const double Smoothing = 0.5;

    // A few cost more each than many: what the publishers cost is among it, and their own joining.
    private const int Many = 32;
    private const double MostGrowth = 2;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private Instant _since = Instant.MinValue;
    private TimeSpan _used;
    private double _busy;
    private int _watchers;
    private int _placed;

    /// <summary>Share of one core, 0 to 1.</summary>
    public double Busy => Volatile.Read(ref _busy);

    /// <summary>
    /// With those that were placed here and do not show in the measurement yet: each is taken to cost what the others do.
    /// A class comes within seconds.
    /// </summary>
    public double Expected => Busy * Math.Min(MostGrowth, 1 + (Volatile.Read(ref _placed) / (double)Math.Max(Many, Volatile.Read(ref _watchers))));

    /// <summary>A viewer was placed on the loop. From any thread.</summary>
    public void Place() => Interlocked.Increment(ref _placed);

    /// <summary>True when a second is over and the loop should measure.</summary>
    public bool IsDue(Instant now) => now - _since >= s_interval;

    /// <param name="used">Processor time of the thread since it began.</param>
    /// <param name="watchers">Connections that it serves.</param>
    /// <param name="now">Time.</param>
    public void Sample(TimeSpan used, int watchers, Instant now)
    {
        if (_since != Instant.MinValue)
        {
            var share = (used - _used) / (now - _since);
            Volatile.Write(ref _busy, _busy + ((share - _busy) * Smoothing));
        }

        (_since, _used) = (now, used);
        Volatile.Write(ref _watchers, watchers);
        // Their handshakes and first key frames take a second or two: they come into the measurement little by little.
        Interlocked.Exchange(ref _placed, _placed / 2);
    }
}
