namespace Classroom.Rtc.Congestion;

/// <summary>
/// Additive increase, multiplicative decrease by what the delay says (draft-ietf-rmcat-gcc-02, 5.6): up by 8 % a second far
/// from where the line was full, by about a packet per response time near it, down to 85 % of what arrives when the queue
/// grows, and still while it empties.
/// </summary>
internal sealed class DelayControl(Bitrate start, Bitrate least, Bitrate most)
{
    private const double BackOff = 0.85;
    private const double IncreasePerSecond = 1.08;
    private const double MostAboveAcknowledged = 1.5;
    private const double PacketBits = 1200 * 8;
    private static readonly Bitrate s_leastSlope = new(4000);
    private static readonly Bitrate s_leastStep = new(1000);
    private static readonly Bitrate s_allowance = new(10_000);
    private static readonly TimeSpan s_leastInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_mostInterval = TimeSpan.FromMilliseconds(200);
    private LinkCapacity _capacity;
    private Instant _lastChange = Instant.MinValue;
    private Phase _phase = Phase.Hold;

    private enum Phase
    {
        Hold,
        Increase,
    }

    public Bitrate Rate { get; private set; } = start;

    /// <summary>When the rate was last lowered because a queue grew.</summary>
    public Instant LastDecrease { get; private set; } = Instant.MinValue;

    /// <summary>The rate before that.</summary>
    public Bitrate BeforeDecrease { get; private set; }

    /// <param name="usage">What the delay says.</param>
    /// <param name="acknowledged">What arrives; zero when unknown.</param>
    /// <param name="isLimited">The application sends less than it could: a rise would be a guess.</param>
    /// <param name="roundTrip">To the receiver and back.</param>
    /// <param name="now">Time.</param>
    public void Update(LineUsage usage, Bitrate acknowledged, bool isLimited, TimeSpan roundTrip, Instant now)
    {
        switch (usage)
        {
            case LineUsage.Over:
                Decrease(acknowledged, roundTrip, now);
                break;
            case LineUsage.Under:
                _phase = Phase.Hold;
                break;
            default:
                Increase(acknowledged, isLimited, roundTrip, now);
                break;
        }
    }

    /// <summary>A probe has shown that the line takes this much.</summary>
    public void OnProbe(Bitrate measured, Instant now)
    {
        if (measured > Rate)
        {
            Rate = Clamp(measured);
            _lastChange = now;
        }

        if (measured > _capacity.Upper || measured < _capacity.Lower)
        {
            _capacity.Reset();
        }
    }

    /// <summary>No word from the receiver: less, whatever the reason.</summary>
    public void OnSilence(double factor, Instant now)
    {
        Rate = Clamp(Rate * factor);
        _lastChange = now;
    }

    private void Increase(Bitrate acknowledged, bool isLimited, TimeSpan roundTrip, Instant now)
    {
        if (_phase == Phase.Hold)
        {
            _phase = Phase.Increase;
            _lastChange = now;
        }

        if (acknowledged > _capacity.Upper)
        {
            _capacity.Reset();
        }

        var limit = isLimited ? Rate : (acknowledged * MostAboveAcknowledged) + s_allowance;
        var elapsed = now - _lastChange;
        if (Rate < limit)
        {
            Rate = Clamp(Bitrate.Min(Rate + Step(elapsed, roundTrip), limit));
        }

        _lastChange = now;
    }

    private Bitrate Step(TimeSpan elapsed, TimeSpan roundTrip)
    {
        if (!_capacity.IsKnown)
        {
            var growth = Math.Pow(IncreasePerSecond, Math.Min(elapsed.TotalSeconds, 1)) - 1;
            return Bitrate.Max(Rate * growth, s_leastStep * elapsed.TotalSeconds);
        }

        var response = (roundTrip + TimeSpan.FromMilliseconds(100)).TotalSeconds;
        var slope = Bitrate.Max(s_leastSlope, new Bitrate((long)(PacketBits / response)));
        return slope * Math.Min(elapsed.TotalSeconds, 1);
    }

    private void Decrease(Bitrate acknowledged, TimeSpan roundTrip, Instant now)
    {
        if (!MayDecrease(acknowledged, roundTrip, now))
        {
            return;
        }

        var before = Rate;
        var lowered = acknowledged > Bitrate.Zero ? acknowledged * BackOff : Rate * 0.5;
        if (lowered > Rate && _capacity.IsKnown)
        {
            lowered = _capacity.Estimate * BackOff;
        }

        Rate = Clamp(Bitrate.Min(Rate, lowered));
        if (acknowledged < _capacity.Lower)
        {
            _capacity.Reset();
        }

        if (acknowledged > Bitrate.Zero)
        {
            _capacity.OnOveruse(acknowledged);
        }

        _phase = Phase.Hold;
        _lastChange = now;
        if (Rate < before)
        {
            LastDecrease = now;
            BeforeDecrease = before;
        }
    }

    // A queue needs a round trip to show that less is sent, unless far too much is.
    private bool MayDecrease(Bitrate acknowledged, TimeSpan roundTrip, Instant now)
    {
        var interval = TimeSpan.FromTicks(Math.Clamp(roundTrip.Ticks, s_leastInterval.Ticks, s_mostInterval.Ticks));
        return now - _lastChange >= interval || (acknowledged > Bitrate.Zero && acknowledged < Rate * 0.5);
    }

    private Bitrate Clamp(Bitrate rate) => Bitrate.Max(least, Bitrate.Min(rate, most));
}
