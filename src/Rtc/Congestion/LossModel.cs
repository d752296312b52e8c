namespace Classroom.Rtc.Congestion;

/// <summary>
/// Tells loss that the line always has (a weak Wi-Fi) from loss by sending too much. Both are fitted to the last five
/// seconds of sent rate and loss: a packet is lost with the probability
/// <c>inherent + (1 − inherent) × max(0, 1 − bandwidth / sent)</c>, and the bandwidth that explains the reports best wins, with
/// a slight preference for more. So 10 % of loss that does not care about the rate does not shrink the pictures to nothing.
/// </summary>
internal sealed class LossModel(Bitrate least)
{
    private const int Window = 20;
    private const double WeightStep = 0.9;
    private const double LeastInherent = 0.001;
    private const double MostInherent = 0.4;
    private const int FitSteps = 3;
    private const double FitSpeed = 0.75;
    private const double Preference = 0.02;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);
    private readonly Observation[] _observations = new Observation[Window];
    private int _count;
    private int _next;
    private double _inherent = 0.01;

    // Packets that were lost in a row are one piece of evidence, not many.
    private double _runLength = 1;
    private Instant _since = Instant.Never;
    private int _packets;
    private int _lost;
    private int _events;
    private long _bytes;

    /// <summary>What loss allows; <see cref="Bitrate.Unlimited"/> while it says nothing.</summary>
    public Bitrate Rate { get; private set; } = Bitrate.Unlimited;

    /// <summary>Share of packets lost in the window, 0 to 1; recent ones count more.</summary>
    public double Loss { get; private set; }

    /// <summary>Share that the line loses whatever is sent, 0 to 1.</summary>
    public double Inherent => _inherent;

    /// <summary>Share of what gets lost that the line would lose whatever is sent, 0 to 1.</summary>
    public double InherentShare => Loss > _inherent ? _inherent / Loss : 1;

    /// <summary>Packets that are lost in a row, on average; 1 or more.</summary>
    public double RunLength => _runLength;

    public void OnReceived(int bytes)
    {
        _packets++;
        _bytes += bytes;
    }

    /// <param name="bytes">Size of a packet that was reported missing.</param>
    /// <param name="isRun">The packet before it is missing too.</param>
    public void OnMissing(int bytes, bool isRun)
    {
        _packets++;
        _bytes += bytes;
        _lost++;
        _events += isRun ? 0 : 1;
    }

    /// <summary>A packet that was reported lost has arrived after all.</summary>
    public void OnRecovered() => _lost = Math.Max(0, _lost - 1);

    /// <summary>Forgets what is being counted: an interruption says nothing about the rate.</summary>
    public void Discard(Instant now)
    {
        _packets = 0;
        _lost = 0;
        _events = 0;
        _bytes = 0;
        _since = now;
    }

    /// <summary>Closes the observation when it is long enough, and decides.</summary>
    /// <param name="delayBased">What the delay allows, the upper end of the choice.</param>
    /// <param name="acknowledged">What arrives, zero when unknown: a candidate of its own.</param>
    /// <param name="now">Time of the report.</param>
    public void Update(Bitrate delayBased, Bitrate acknowledged, Instant now)
    {
        _since = Instant.Min(_since, now);
        var elapsed = now - _since;
        if (elapsed < s_interval || _packets == 0)
        {
            return;
        }

        var sent = Bitrate.Of(_bytes, elapsed).KilobitsPerSecond;
        _observations[_next] = new Observation(sent, _packets, Math.Min(_lost, _packets), _events);
        _next = (_next + 1) % Window;
        _count = Math.Min(_count + 1, Window);
        Discard(now);
        Summarise();
        Decide(delayBased, acknowledged);
    }

    private void Decide(Bitrate delayBased, Bitrate acknowledged)
    {
        if (Loss < LeastInherent)
        {
            Rate = Bitrate.Unlimited;
            _inherent = LeastInherent;
            return;
        }

        var current = Bitrate.Min(Rate, delayBased);
        var best = new Candidate(current, double.NegativeInfinity, _inherent);
        Try(current * 1.05, delayBased, ref best);
        Try(current, delayBased, ref best);
        Try(current * 0.95, delayBased, ref best);
        Try(acknowledged * 0.95, delayBased, ref best);
        Try(delayBased, delayBased, ref best);
        _inherent = best.Inherent;
        Rate = best.Rate >= delayBased ? Bitrate.Unlimited : best.Rate;
    }

    private void Try(Bitrate rate, Bitrate most, ref Candidate best)
    {
        rate = Bitrate.Max(least, Bitrate.Min(rate, most));
        var kilobits = rate.KilobitsPerSecond;
        var inherent = FitInherent(kilobits);
        var likelihood = Likelihood(kilobits, inherent);
        if (likelihood > best.Likelihood)
        {
            best = new Candidate(rate, likelihood, inherent);
        }
    }

    // A few steps of Newton's method towards the inherent loss that fits best with this bandwidth.
    private double FitInherent(double bandwidth)
    {
        var inherent = _inherent;
        for (var step = 0; step < FitSteps; step++)
        {
            double first = 0, second = 0, weight = 1;
            for (var age = 0; age < _count; age++, weight *= WeightStep)
            {
                ref readonly var seen = ref At(age);
                var share = 1 - Excess(seen.SentKilobits, bandwidth);
                var loss = LossAt(share, inherent);
                var received = seen.Packets - seen.Lost;
                first += weight * share * ((seen.Lost / loss) - (received / (1 - loss)));
                second -= weight * share * share * ((seen.Lost / (loss * loss)) + (received / ((1 - loss) * (1 - loss))));
            }

            inherent = second < 0 ? Math.Clamp(inherent - (FitSpeed * first / second), LeastInherent, MostInherent) : inherent;
        }

        return inherent;
    }

    private double Likelihood(double bandwidth, double inherent)
    {
        double sum = 0, weight = 1;
        var preference = Preference * Math.Log(1 + bandwidth);
        for (var age = 0; age < _count; age++, weight *= WeightStep)
        {
            ref readonly var seen = ref At(age);
            var loss = LossAt(1 - Excess(seen.SentKilobits, bandwidth), inherent);
            var evidence = (seen.Lost * Math.Log(loss)) + ((seen.Packets - seen.Lost) * Math.Log(1 - loss));
            sum += weight * ((evidence / _runLength) + (preference * seen.Packets));
        }

        return sum;
    }

    private void Summarise()
    {
        double lost = 0, packets = 0, events = 0, weight = 1;
        for (var age = 0; age < _count; age++, weight *= WeightStep)
        {
            ref readonly var seen = ref At(age);
            lost += weight * seen.Lost;
            packets += weight * seen.Packets;
            events += weight * seen.Events;
        }

        Loss = lost / packets;
        _runLength = events > 0 ? Math.Max(1, lost / events) : 1;
    }

    private static double Excess(double sent, double bandwidth) => sent > bandwidth ? (sent - bandwidth) / sent : 0;

    private static double LossAt(double share, double inherent) => Math.Clamp(1 - (share * (1 - inherent)), LeastInherent, 1 - LeastInherent);

    private ref readonly Observation At(int age) => ref _observations[(_next - 1 - age + (2 * Window)) % Window];

    private readonly record struct Observation(double SentKilobits, int Packets, int Lost, int Events);

    private readonly record struct Candidate(Bitrate Rate, double Likelihood, double Inherent);
}
