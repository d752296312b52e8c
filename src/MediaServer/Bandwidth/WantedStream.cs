using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>One stream that a receiver wants: what is asked for, what it gets, and since when it could have more.</summary>
internal sealed class WantedStream(StreamClass streamClass)
{
    /// <summary>Nothing is sent.</summary>
    public const int None = -1;

    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_lasted = TimeSpan.FromSeconds(10);
    private LayerLadder _layers;
    private TimeSpan _wait = s_shortestWait;
    private Instant _riseSince = Instant.Never;
    private Instant _raised = Instant.MinValue;
    private Instant _notBefore = Instant.MinValue;
    private int _target = None;
    private int _failed;
    private bool _isNew = true;

    /// <summary>Changes with the lesson: a seat comes on stage.</summary>
    public StreamClass Class { get; set; } = streamClass;

    /// <summary>Within its class, higher ones are served first.</summary>
    public byte Weight { get; set; } = 1;

    /// <summary>Picture lines that the page shows; 0: no limit.</summary>
    public int MaxHeight { get; set; }

    /// <summary>Nobody looks at it.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Why better layers that the sender has do not come now; <see cref="LimitReason.None"/>: they do.</summary>
    public LimitReason SenderLimit { get; set; }

    /// <summary>The ways to send it now; set anew as rates are measured.</summary>
    public ref LayerLadder Layers => ref _layers;

    /// <summary>The rung to send; <see cref="None"/>: nothing.</summary>
    public int Granted { get; private set; } = None;

    public LimitReason Reason { get; private set; }

    /// <summary>Since when it has come in less than asked for, for whatever reason.</summary>
    public Instant LimitedSince { get; private set; } = Instant.Never;

    /// <summary>Rate of what is granted.</summary>
    public Bitrate Rate => RateAt(Granted);

    /// <summary>The best rung that is of use.</summary>
    internal int Top => IsPaused ? None : _layers.Top(MaxHeight);

    /// <summary>Highest rung that this run may choose.</summary>
    internal int Cap { get; set; }

    /// <summary>The rung that this run has chosen so far.</summary>
    internal int Trial { get; set; }

    internal Bitrate RateAt(int rung) => rung == None ? Bitrate.Zero : _layers[rung].Rate;

    /// <summary>The rung that fits with a margin is higher than the granted one and may be taken now.</summary>
    internal bool IsRising { get; private set; }

    /// <summary>Looks at what fits with a margin: it may be taken when it has fitted for a while.</summary>
    /// <param name="isConfirmed">A probe has just shown that the line takes it: no need to wait.</param>
    /// <param name="now">Time.</param>
    internal void Consider(bool isConfirmed, Instant now)
    {
        // Back-off holds for the rung that did not last and those above; what lies below is free.
        _target = now < _notBefore ? Math.Min(Trial, Math.Max(_failed - 1, Granted)) : Trial;
        IsRising = false;
        if (_target <= Granted)
        {
            _riseSince = Instant.Never;
            return;
        }

        _riseSince = Instant.Min(_riseSince, now);
        IsRising = _isNew || isConfirmed || now - _riseSince >= s_hold;
    }

    /// <summary>The rise begins with a key frame, of a larger layer or after a pause. The first start does not wait for others.</summary>
    internal bool NeedsKeyframe => !_isNew && (Granted == None || _layers[_target].Spatial != _layers[Granted].Spatial);

    /// <summary>Not in this run.</summary>
    internal void WithdrawRise() => IsRising = false;

    /// <summary>Sets the cap: what it has, or what fits.</summary>
    /// <param name="makesRoom">One that comes before it rises: then what it has beyond the margin is not its own.</param>
    internal void Restrict(bool makesRoom)
    {
        var keeps = Math.Min(Granted, Top);
        Cap = IsRising ? _target : makesRoom ? Math.Min(keeps, _target) : keeps;
    }

    /// <summary>What was lowered was lowered for a reason that is gone: what is paused begins as at the start.</summary>
    internal void BeginAnew()
    {
        _isNew |= Granted == None;
        _notBefore = Instant.MinValue;
        _wait = s_shortestWait;
    }

    /// <summary>Takes what the run has chosen.</summary>
    internal void Commit(LimitReason limit, Instant now)
    {
        if (Trial > Granted)
        {
            _raised = now;
            _riseSince = Instant.Never;
        }
        else if (Trial < Math.Min(Granted, Top))
        {
            OnLowered(now);
        }

        _isNew &= Trial == None;
        Granted = Trial;
        Reason = Explain(limit);
        LimitedSince = Reason is LimitReason.None or LimitReason.Paused ? Instant.Never : Instant.Min(LimitedSince, now);
    }

    // A rise that did not last is not tried again soon, and each time later.
    private void OnLowered(Instant now)
    {
        _wait = now - _raised > s_lasted ? s_shortestWait : _wait;
        _notBefore = now + _wait;
        _wait = TimeSpan.FromTicks(Math.Min(_wait.Ticks * 2, s_longestWait.Ticks));
        _failed = Math.Max(Granted, 1);
        _riseSince = Instant.Never;
    }

    private LimitReason Explain(LimitReason limit)
    {
        if (IsPaused)
        {
            return LimitReason.Paused;
        }

        if (Granted < Top)
        {
            return limit;
        }

        return Top == None || MaxHeight == 0 || _layers[Top].Height < MaxHeight ? SenderLimit : LimitReason.None;
    }
}
