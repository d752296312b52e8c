namespace Classroom.Rtc.Congestion;

/// <summary>
/// Notices when the application sends less than it could (application-limited region). Then a low rate says nothing about
/// the line, and only a probe can find out more.
/// </summary>
internal struct LimitedDetector
{
    private const double Share = 0.65;
    private const double StartLevel = 0.8;
    private const double StopLevel = 0.5;
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(500);
    private double _budget;
    private Instant _last;
    private bool _started;

    public bool IsLimited { get; private set; }

    /// <summary>Since when; meaningless while it is not limited.</summary>
    public Instant Since { get; private set; }

    public void OnSent(int bytes, Bitrate estimate, Instant now)
    {
        var rate = estimate * Share;
        var most = rate.BytesIn(s_window);
        if (_started && now > _last)
        {
            _budget += rate.BytesIn(now - _last);
        }

        _started = true;
        _last = Instant.Max(_last, now);
        _budget = Math.Clamp(_budget - bytes, -most, most);
        var level = _budget / Math.Max(most, 1);
        if (!IsLimited && level > StartLevel)
        {
            IsLimited = true;
            Since = now;
        }
        else if (IsLimited && level < StopLevel)
        {
            IsLimited = false;
        }
    }
}
