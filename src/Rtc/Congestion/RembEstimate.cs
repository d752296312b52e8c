namespace Classroom.Rtc.Congestion;

/// <summary>
/// The estimate of a receiver that reports no arrival times: what it says itself (REMB), less when it reports loss. Without
/// REMB loss alone decides.
/// </summary>
internal sealed class RembEstimate(BandwidthOptions options)
{
    // Receivers repeat it every second; what is older than this no longer holds.
    private static readonly TimeSpan s_validity = TimeSpan.FromSeconds(10);
    private LossRule _rule = new(options.Start);
    private Bitrate _ceiling = Bitrate.Unlimited;
    private Instant _ceilingAt = Instant.MinValue;

    public Bitrate Rate => Bitrate.Max(options.Least, Bitrate.Min(_rule.Rate, _ceiling));

    /// <summary>What loss allows.</summary>
    public Bitrate LossBased => _rule.Rate;

    /// <summary>0 to 1, of the last report.</summary>
    public double Loss { get; private set; }

    /// <summary>To the receiver and back; zero when unknown.</summary>
    public TimeSpan RoundTrip { get; private set; }

    public void OnRemb(Bitrate ceiling, Instant now)
    {
        _ceiling = ceiling;
        _ceilingAt = now;
    }

    public void OnReceiverReport(double loss, TimeSpan roundTrip, Instant now)
    {
        Loss = Math.Clamp(loss, 0, 1);
        RoundTrip = roundTrip > TimeSpan.Zero ? roundTrip : RoundTrip;
        // What the receiver allows is believed when it allows more: it has watched the delay and we have not.
        _rule.Update(Loss, options.Least, Bitrate.Min(options.Most, _ceiling), RoundTrip, now);
    }

    public void OnTick(Instant now)
    {
        if (now - _ceilingAt > s_validity)
        {
            _ceiling = Bitrate.Unlimited;
        }
    }
}
