using System.Runtime.CompilerServices;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// One unbroken line of numbers and timestamps out of what a publisher sends, which pauses and may change its source.
/// </summary>
/// <param name="clockRate">Of its timestamps.</param>
internal sealed class SourceLine(int clockRate)
{
    private SequenceUnwrapper _unwrapper;
    private RtpRewriter _rewriter;
    private RequestBudget _changes = new();
    private Instant _lastArrival;
    private bool _isPaused;

    /// <summary>Source that sends now; 0 before the first packet.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>Added to the source's timestamps; for sender reports.</summary>
    public uint TimestampOffset => _rewriter.TimestampOffset;

    /// <summary>Takes up a packet's source.</summary>
    /// <param name="packet">As it came.</param>
    /// <param name="now">Time.</param>
    /// <param name="sequence">Its number, unwrapped.</param>
    /// <param name="change">What the packet's source is to the line.</param>
    /// <returns>False for a source too many: a publisher may exchange it, but one that does so all the time is not followed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFollow(in RtpPacket packet, Instant now, out long sequence, out SourceChange change)
    {
        change = SourceChange.None;
        if (_rewriter.IsStarted && packet.Ssrc == Ssrc)
        {
            sequence = _unwrapper.Unwrap(packet.SequenceNumber);
            return true;
        }

        sequence = 0;
        if (_rewriter.IsStarted && !_changes.TryTake(now))
        {
            return false;
        }

        Ssrc = packet.Ssrc;
        _unwrapper = default;
        sequence = _unwrapper.Unwrap(packet.SequenceNumber);
        if (_rewriter.IsStarted)
        {
            change = SourceChange.Another;
            _rewriter.Resume(sequence, packet.Timestamp, Elapsed(now));
        }
        else
        {
            change = SourceChange.First;
            _rewriter.Start(sequence, packet.Timestamp, sequence, packet.Timestamp);
        }

        return true;
    }

    /// <summary>What comes is not wanted; the numbers close up when it goes on.</summary>
    public void Pause() => _isPaused = true;

    /// <summary>It is wanted again, or still.</summary>
    /// <returns>True when it was paused before this packet.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool GoOn(long sequence, uint timestamp, Instant now)
    {
        var wasPaused = _isPaused;
        if (wasPaused)
        {
            _isPaused = false;
            _rewriter.Resume(sequence, timestamp, Elapsed(now));
        }

        _lastArrival = now;
        return wasPaused;
    }

    /// <summary>A packet's place on the line; false for packets from before the last start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMap(long sequence, uint timestamp, out long mapped, out uint mappedTimestamp) =>
        _rewriter.TryMap(sequence, timestamp, out mapped, out mappedTimestamp);

    /// <summary>The place of a packet that was sent again; false for one ahead of all others: its source was exchanged meanwhile, or its original is just coming.</summary>
    public bool TryMapRepeat(in RtpPacket packet, out long mapped, out uint mappedTimestamp)
    {
        var sequence = _unwrapper.Peek(packet.SequenceNumber);
        (mapped, mappedTimestamp) = (0, 0);
        return sequence <= _unwrapper.Highest && TryMap(sequence, packet.Timestamp, out mapped, out mappedTimestamp);
    }

    private uint Elapsed(Instant now) => (uint)Math.Max(1, (now - _lastArrival).Ticks * clockRate / TimeSpan.TicksPerSecond);
}

/// <summary>What the source of a packet is to those before it.</summary>
internal enum SourceChange : byte { None, First, Another }
