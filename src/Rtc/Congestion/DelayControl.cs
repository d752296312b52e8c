namespace Classroom.Rtc.Congestion;

/// <summary>What the line is seen to carry; zero when unknown.</summary>
/// <param name="Carried">On average.</param>
/// <param name="Narrowest">The same, or the greater rate at which bursts came through.</param>
internal readonly record struct LineRate(Bitrate Carried, Bitrate Narrowest)
{
    /// <summary>Bursts tell of a line that is used in part.</summary>
    public bool IsByBursts => Narrowest > Carried;
}

/// <summary>
/// Additive increase, multiplicative decrease by what the delay says (draft-ietf-rmcat-gcc-02, 5.6): up by 8 % a second far
/// from where the line was full, by about a packet per response time near it, down to 90 % of what the line carries when
/// the queue grows, and still while it empties.
/// </summary>
internal sealed class DelayControl(Bitrate start, Bitrate least, Bitrate most)
{
    private const double BackOff = 0.9;
    private const double IncreasePerSecond = 1.08;
    private const double MostAboveCarried = 1.5;
    private const double PacketBits = 1200 * 8;
    private static readonly Bitrate s_leastSlope = new(4000);
    private static readonly Bitrate s_leastStep = new(1000);
    private static readonly Bitrate s_allowance = new(10_000);
    private static readonly TimeSpan s_leastInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_mostInterval = TimeSpan.FromMilliseconds(200);

    // A key frame on a line that is used in part makes a queue and goes; bursts still come through at full speed.
    private static readonly TimeSpan s_transient = TimeSpan.FromMilliseconds(600);
    private Instant _overSince = Instant.Never;
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

    /// <param name="usage">What the delay says.</param>
    /// <param name="line">What the line is seen to carry.</param>
    /// <param name="mayRise">False while the application sends less than it could (a rise would be a guess) or a queue stands.</param>
    /// <param name="roundTrip">To the receiver and back.</param>
    /// <param name="now">Time.</param>
    public void Update(LineUsage usage, LineRate line, bool mayRise, TimeSpan roundTrip, Instant now)
    {
        _overSince = usage == LineUsage.Over ? _overSince : Instant.Never;
        switch (usage)
        {
            case LineUsage.Over:
                Decrease(line, roundTrip, now);
                break;
            case LineUsage.Under:
                _phase = Phase.Hold;
                break;
            default:
                Increase(line.Carried, mayRise, roundTrip, now);
                break;
        }
    }

    /// <summary>A probe has shown that the line takes this much, and perhaps that it takes no more.</summary>
    public void OnProbe(in ProbeMeasurement probe, Instant now)
    {
        if (probe.Rate > Rate)
        {
            Rate = Clamp(probe.Rate);
            _lastChange = now;
        }

        if (probe.Rate > _capacity.Upper)
        {
            _capacity.Reset();
        }

        if (probe.IsFull && probe.Rate >= Rate)
        {
            _capacity.OnProbe(probe.Arrived);
        }
    }

    /// <summary>No word from the receiver: less, whatever the reason.</summary>
    public void OnSilence(double factor, Instant now)
    {
        Rate = Clamp(Rate * factor);
        _lastChange = now;
    }

    /// <summary>The line is back, and perhaps another one.</summary>
    public void Restart(Bitrate rate, Instant now)
    {
        Rate = Clamp(rate);
        _capacity.Reset();
        _lastChange = now;
    }

    private void Increase(Bitrate carried, bool mayRise, TimeSpan roundTrip, Instant now)
    {
        if (_phase == Phase.Hold)
        {
            _phase = Phase.Increase;
            _lastChange = now;
        }

        if (carried > _capacity.Upper)
        {
            _capacity.Reset();
        }

        var limit = mayRise ? (carried * MostAboveCarried) + s_allowance : Rate;
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

    private void Decrease(in LineRate line, TimeSpan roundTrip, Instant now)
    {
        _overSince = Instant.Min(_overSince, now);
        var isTransient = line.IsByBursts && line.Narrowest > Rate * BackOff && now - _overSince < s_transient;
        if (isTransient || !MayDecrease(line.Carried, roundTrip, now))
        {
            return;
        }

        var full = line.Narrowest > Bitrate.Zero ? line.Narrowest : Rate * 0.5;
        if (full < _capacity.Lower)
        {
            _capacity.Reset();
        }

        _capacity.OnOveruse(full);
        Lower(line.IsByBursts ? Bitrate.Min(full, Rate) : full, now);
    }

    // Bursts may come through faster than the line goes on (a radio sends in lumps): then it is less than now each time.
    private void Lower(Bitrate full, Instant now)
    {
        var before = Rate;
        Rate = Clamp(Bitrate.Min(Rate, full * BackOff));
        LastDecrease = Rate < before ? now : LastDecrease;
        _phase = Phase.Hold;
        _lastChange = now;
    }

    // A queue needs a round trip to show that less is sent, unless far too much is.
    private bool MayDecrease(Bitrate carried, TimeSpan roundTrip, Instant now)
    {
        var interval = TimeSpan.FromTicks(Math.Clamp(roundTrip.Ticks, s_leastInterval.Ticks, s_mostInterval.Ticks));
        return now - LastDecrease >= interval || (carried > Bitrate.Zero && carried < Rate * 0.5);
    }

    private Bitrate Clamp(Bitrate rate) => Bitrate.Max(least, Bitrate.Min(rate, most));
}
