using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>
/// Paces one probe: a bucket that fills at the probe's rate and from which everything that is sent is taken. What media
/// leaves in it is padding to send now. Media itself is never held back: its senders have paced it already.
/// </summary>
internal struct ProbeScheduler
{
    /// <summary>How far ahead a burst may run: one tick of the media loop.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan s_overtime = TimeSpan.FromMilliseconds(20);
    private ProbePlan _plan;
    private Instant _began;
    private int _sent;

    public bool IsActive { get; private set; }

    /// <summary>Starts the probe, and replaces one that runs.</summary>
    public void Begin(in ProbePlan plan, Instant now)
    {
        _plan = plan;
        _began = now;
        _sent = 0;
        IsActive = true;
    }

    /// <summary>Media, a retransmission or padding has been sent to the same receiver.</summary>
    public void OnSent(int bytes) => _sent += bytes;

    /// <summary>Bytes of padding to send now; ask at each tick of the loop.</summary>
    public int Due(Instant now)
    {
        var elapsed = now - _began;
        if (!IsActive || _sent >= _plan.Bytes || elapsed > _plan.Duration + s_overtime)
        {
            IsActive = false;
            return 0;
        }

        var filled = Math.Min((int)_plan.Rate.BytesIn(elapsed + s_tick), _plan.Bytes);
        return Math.Max(0, filled - _sent);
    }
}
