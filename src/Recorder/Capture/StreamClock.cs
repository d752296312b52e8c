using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>
/// Gives each RTP timestamp of one stream its time on the media clock. Sender reports map RTP to the sender's NTP time; before
/// the first one the fastest arrival serves. A better mapping is approached smoothly, by at most 2 % of the time that passes; but a sender
/// that had no time to take its samples has lost them, and what comes afterwards is put where it belongs at once: a hole is better than
/// sound that trails the picture.
/// </summary>
internal sealed class StreamClock(int clockRate, SenderClock shared)
{
    private const double MaxSlew = 0.02;
    private static readonly long MaxError = TimeSpan.TicksPerSecond;
    private static readonly long MaxTrail = TimeSpan.TicksPerSecond / 4;
    private SenderClock _sender = shared;
    private long _originRtp;
    private bool _hasOrigin;
    private bool _hasReport;
    private long _reportNtp;
    private long _reportBase;
    private long _fastestArrival = long.MaxValue;
    private long _offset;
    private long _lastBase;
    private bool _started;

    /// <summary>How far the mapping still is from what is known now, in ticks.</summary>
    public long Error => _started ? Target - _offset : 0;

    /// <summary>Time went back by more than a second, because the sender's clock was set or the first guess was wrong: a new file is needed.</summary>
    public bool HasJumped => Error < -MaxError;

    private long Target => _hasReport ? _reportNtp + _sender.Offset - _reportBase : _fastestArrival;

    public void OnPacket(long rtp, Instant arrival)
    {
        if (!_hasOrigin)
        {
            _originRtp = rtp;
            _hasOrigin = true;
        }

        if (!_hasReport)
        {
            _fastestArrival = Math.Min(_fastestArrival, arrival.Ticks - Base(rtp));
        }
    }

    public void OnSenderReport(SenderTime report, long rtp)
    {
        if (!_hasOrigin)
        {
            return;
        }

        if (!_sender.Fits(report))
        {
            // A stream whose reports disagree with the participant's others has a clock of its own.
            _sender = new SenderClock();
        }

        _sender.Add(report);
        _hasReport = true;
        _reportNtp = report.NtpTicks;
        _reportBase = Base(rtp);
    }

    /// <summary>When the sample was taken, on the media clock.</summary>
    public Instant At(long rtp)
    {
        var time = Base(rtp);
        if (!_started)
        {
            Snap();
            _lastBase = time;
        }

        var passed = Math.Max(0, time - _lastBase);
        var limit = (long)(passed * MaxSlew);
        _offset += Error > MaxTrail ? Error : Math.Clamp(Error, -limit, limit);
        _lastBase = Math.Max(_lastBase, time);
        return new Instant(time + _offset);
    }

    /// <summary>Takes the best mapping at once: for the beginning of a file.</summary>
    public void Snap()
    {
        _offset = Target;
        _started = true;
    }

    private long Base(long rtp) => (long)((rtp - _originRtp) * (double)TimeSpan.TicksPerSecond / clockRate);
}
