namespace Classroom.Rtc.Congestion;

/// <summary>
/// The plain rule for loss (draft-ietf-rmcat-gcc-02, 6): under 2 % of loss the rate may grow by 5 %, between 2 and 10 % it
/// stays, above 10 % it falls by half of the loss. For receivers that report loss and nothing else.
/// </summary>
internal struct LossRule(Bitrate start)
{
    private const double LowLoss = 0.02;
    private const double HighLoss = 0.10;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private Instant _lastChange = Instant.MinValue;

    public Bitrate Rate { get; private set; } = start;

    /// <param name="loss">0 to 1, of the last interval.</param>
    /// <param name="least">Never below.</param>
    /// <param name="most">Never above.</param>
    /// <param name="roundTrip">To the receiver and back.</param>
    /// <param name="now">Time.</param>
    public void Update(double loss, Bitrate least, Bitrate most, TimeSpan roundTrip, Instant now)
    {
        var canChange = now - _lastChange >= (loss > HighLoss ? roundTrip + (s_interval * 0.3) : s_interval);
        if (canChange && loss is < LowLoss or > HighLoss)
        {
            _lastChange = now;
            Rate = loss < LowLoss ? (Rate * 1.05) + new Bitrate(1000) : Rate * (1 - (0.5 * loss));
        }

        Rate = Bitrate.Max(least, Bitrate.Min(Rate, most));
    }
}
