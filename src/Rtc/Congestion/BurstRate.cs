namespace Classroom.Rtc.Congestion;

/// <summary>
/// The speed at which bursts (frames, probes) came through lately. They come at the speed of the narrowest line even while
/// little is sent, so a queue behind a key frame is not taken for a small line.
/// </summary>
internal struct BurstRate()
{
    private static readonly TimeSpan s_validity = TimeSpan.FromSeconds(1);
    private Bitrate _rate;
    private Instant _at = Instant.MinValue;

    /// <summary>Zero when there was none for a second.</summary>
    public readonly Bitrate At(Instant now) => now - _at < s_validity ? _rate : Bitrate.Zero;

    public void Learn(Bitrate burst, Instant now)
    {
        if (burst > Bitrate.Zero)
        {
            _rate = now - _at < s_validity ? (_rate + burst) * 0.5 : burst;
            _at = now;
        }
    }
}
