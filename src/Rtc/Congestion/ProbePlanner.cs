using System.Runtime.InteropServices;

namespace Classroom.Rtc.Congestion;

/// <summary>What the planner looks at.</summary>
/// <param name="Estimate">What is believed now.</param>
/// <param name="Wanted">The estimate at which everything wanted would flow.</param>
/// <param name="Usage">What the delay says.</param>
/// <param name="RoundTrip">To the receiver and back.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProbeSituation(Bitrate Estimate, Bitrate Wanted, LineUsage Usage, TimeSpan RoundTrip);

/// <summary>
/// Decides when to probe and how far. A forwarder has no encoder that would fill the line, so without probes it would
/// never learn that a better layer fits: it probes at the start, doubling while the line keeps up; after a fall, back
/// towards where it was; and at growing intervals while less flows than is wanted.
/// </summary>
internal sealed class ProbePlanner(Bitrate most)
{
    private const double FirstFactor = 3;
    private const double NextFactor = 2;
    private const double Success = 0.7;
    private const double Headroom = 1.1;
    private const double LargeFall = 0.66;
    private const double Recovery = 0.85;
    private const int LeastBytes = 5 * 1200;
    private const double IntervalGrowth = 1.5;

    // Five ticks of the media loop: enough bursts to measure between, and short enough not to fill a queue.
    private static readonly TimeSpan s_duration = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_shortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_afterFall = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_fall = TimeSpan.FromSeconds(5);
    private TimeSpan _interval = s_shortestInterval;
    private Instant _lastProbe = Instant.MinValue;
    private Instant _notBefore = Instant.MinValue;
    private Instant _fallBegan = Instant.MinValue;
    private Bitrate _peak;
    private Bitrate _probed;
    private Bitrate _next;
    private byte _cluster;
    private bool _started;
    private bool _isOpen;

    /// <summary>The probe that waits for its result; 0: none.</summary>
    public byte Open => _isOpen ? _cluster : (byte)0;

    /// <summary>When the last probe began.</summary>
    public Instant LastProbe => _lastProbe;

    public long Planned { get; private set; }

    public long Succeeded { get; private set; }

    public bool TryPlan(in ProbeSituation situation, Instant now, out ProbePlan plan)
    {
        plan = default;
        Expire(situation.RoundTrip, now);
        if (_isOpen || situation.Usage != LineUsage.Normal || situation.Wanted <= situation.Estimate || now < _notBefore)
        {
            return false;
        }

        var rate = Bitrate.Min(Choose(situation, now), situation.Estimate * FirstFactor);
        rate = Bitrate.Min(rate, Bitrate.Min(most, situation.Wanted * Headroom));
        if (rate <= situation.Estimate)
        {
            return false;
        }

        plan = Begin(rate, now);
        return true;
    }

    /// <summary>The open probe has been measured.</summary>
    public void OnResult(in ProbeMeasurement measurement, Bitrate estimate)
    {
        _isOpen = false;
        if (measurement.IsFull || measurement.Rate < _probed * Success)
        {
            Fail();
            return;
        }

        Succeeded++;
        _interval = s_shortestInterval;
        _next = Bitrate.Max(measurement.Rate, estimate) * NextFactor;
    }

    /// <summary>The estimate fell; when far, one probe tries soon whether the line is back.</summary>
    public void OnFall(Bitrate before, Bitrate after, Instant now)
    {
        _isOpen = false;
        _notBefore = now + s_afterFall;
        if (now - _fallBegan > s_fall)
        {
            _fallBegan = now;
            _peak = before;
        }

        _next = after < _peak * LargeFall ? _peak * Recovery : Bitrate.Zero;
    }

    /// <summary>Begins again as at the start.</summary>
    public void Restart()
    {
        _started = false;
        _isOpen = false;
        _next = Bitrate.Zero;
        _interval = s_shortestInterval;
    }

    private Bitrate Choose(in ProbeSituation situation, Instant now)
    {
        if (!_started)
        {
            return situation.Estimate * FirstFactor;
        }

        if (_next > situation.Estimate)
        {
            return _next;
        }

        return now - _lastProbe >= _interval ? situation.Estimate * NextFactor : Bitrate.Zero;
    }

    private ProbePlan Begin(Bitrate rate, Instant now)
    {
        _started = true;
        _isOpen = true;
        _next = Bitrate.Zero;
        _probed = rate;
        _lastProbe = now;
        _cluster = (byte)(_cluster == byte.MaxValue ? 1 : _cluster + 1);
        Planned++;
        var bytes = Math.Max((int)rate.BytesIn(s_duration), LeastBytes);
        return new ProbePlan(_cluster, rate, TimeSpan.FromSeconds(bytes * 8.0 / rate.BitsPerSecond), bytes);
    }

    private void Expire(TimeSpan roundTrip, Instant now)
    {
        if (_isOpen && now - _lastProbe > roundTrip + s_duration + s_answer)
        {
            _isOpen = false;
            Fail();
        }
    }

    private void Fail() => _interval = TimeSpan.FromTicks(Math.Min((long)(_interval.Ticks * IntervalGrowth), s_longestInterval.Ticks));
}
