using System.Runtime.InteropServices;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>What limits one receiver.</summary>
/// <param name="Estimate">What its line takes.</param>
/// <param name="ParticipantCeiling">Set for it; <see cref="Bitrate.Unlimited"/>: none.</param>
/// <param name="SchoolShare">Its share of the school's ceiling; <see cref="Bitrate.Unlimited"/>: none.</param>
/// <param name="IsConfirmed">A probe has shown the estimate within the last seconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BandwidthLimits(Bitrate Estimate, Bitrate ParticipantCeiling, Bitrate SchoolShare, bool IsConfirmed)
{
    /// <summary>The least of all.</summary>
    public Bitrate Budget => Bitrate.Min(Estimate, Bitrate.Min(ParticipantCeiling, SchoolShare));

    /// <summary>The one that binds.</summary>
    public LimitReason Reason =>
        Budget == Estimate ? LimitReason.OwnLine : Budget == SchoolShare ? LimitReason.SchoolCeiling : LimitReason.ParticipantCeiling;
}

/// <summary>
/// Divides what one receiver's line takes among the streams it wants. Down at once; up only when it fits with 15 % to spare
/// and has done so for two seconds, or a probe has shown it. No allocation per run.
/// </summary>
internal sealed class BandwidthAllocation
{
    /// <summary>What a rise must leave: estimates swing, and a rise begins with a key frame.</summary>
    public const double Margin = 1.15;

    private static readonly TimeSpan s_betweenKeyframes = TimeSpan.FromMilliseconds(400);
    private readonly List<WantedStream> _streams = [];
    private Instant _nextKeyframe = Instant.MinValue;

    public IReadOnlyList<WantedStream> Streams => _streams;

    /// <summary>The estimate at which everything that is wanted would flow; what a probe should aim at.</summary>
    public Bitrate Wanted
    {
        get
        {
            var sum = Bitrate.Zero;
            foreach (var stream in _streams)
            {
                sum += stream.RateAt(stream.Top);
            }

            return sum * Margin;
        }
    }

    public void Add(WantedStream stream) => _streams.Add(stream);

    public void Remove(WantedStream stream) => _streams.Remove(stream);

    /// <summary>The line was away and is back: what was paused meanwhile begins at once, as at the start.</summary>
    public void BeginAnew()
    {
        foreach (var stream in _streams)
        {
            stream.BeginAnew();
        }
    }

    /// <summary>Decides anew for all streams. Call it when the estimate has moved, when a wish has changed, and ten times a second.</summary>
    public void Run(in BandwidthLimits limits, Instant now)
    {
        SortByPriority();
        var budget = limits.Budget;
        foreach (var stream in _streams)
        {
            stream.Cap = stream.Top;
        }

        LayerFill.Run(_streams, budget * (1 / Margin));
        foreach (var stream in _streams)
        {
            stream.Consider(limits.IsConfirmed, now);
        }

        AllowOneKeyframe(now);
        var cost = Fill(budget);
        while (cost > budget * (1 / Margin) && TryWithdrawRise())
        {
            cost = Fill(budget);
        }

        foreach (var stream in _streams)
        {
            if (stream.Trial > stream.Granted && stream.NeedsKeyframe)
            {
                _nextKeyframe = now + s_betweenKeyframes;
            }

            stream.Commit(limits.Reason, now);
        }
    }

    // Key frames of several large layers at once would fill a queue that looks as if the line were too small.
    private void AllowOneKeyframe(Instant now)
    {
        var isTaken = now < _nextKeyframe;
        foreach (var stream in _streams)
        {
            if (stream.IsRising && stream.NeedsKeyframe)
            {
                if (isTaken)
                {
                    stream.WithdrawRise();
                }

                isTaken = true;
            }
        }
    }

    private Bitrate Fill(Bitrate budget)
    {
        var rises = false;
        foreach (var stream in _streams)
        {
            stream.Restrict(makesRoom: rises);
            rises |= stream.IsRising && stream.Class != StreamClass.Audio;
        }

        return LayerFill.Run(_streams, budget);
    }

    // What was kept and what is new together left no margin: the least important rise waits.
    private bool TryWithdrawRise()
    {
        for (var i = _streams.Count - 1; i >= 0; i--)
        {
            if (_streams[i].IsRising && _streams[i].Class != StreamClass.Audio)
            {
                _streams[i].WithdrawRise();
                return true;
            }
        }

        return false;
    }

    // By insertion: the order seldom changes, and a sort with a comparer would allocate.
    private void SortByPriority()
    {
        for (var i = 1; i < _streams.Count; i++)
        {
            var stream = _streams[i];
            var place = i;
            while (place > 0 && ComesBefore(stream, _streams[place - 1]))
            {
                _streams[place] = _streams[place - 1];
                place--;
            }

            _streams[place] = stream;
        }
    }

    private static bool ComesBefore(WantedStream left, WantedStream right) =>
        left.Class < right.Class || (left.Class == right.Class && left.Weight > right.Weight);
}
