using System.Runtime.CompilerServices;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Makes one unbroken stream of sequence numbers and timestamps out of a source that pauses or is exchanged.</summary>
internal struct RtpRewriter
{
    private long _sequenceOffset;
    private uint _timestampOffset;
    private long _first;
    private long _lastSequence;
    private uint _lastTimestamp;

    public bool IsStarted { readonly get; private set; }

    /// <summary>Added to the source's timestamps; for sender reports.</summary>
    public readonly uint TimestampOffset => _timestampOffset;

    /// <summary>The first packet of the stream keeps this place.</summary>
    public void Start(long sequence, uint timestamp, long outSequence, uint outTimestamp)
    {
        IsStarted = true;
        _first = sequence;
        _sequenceOffset = outSequence - sequence;
        _timestampOffset = outTimestamp - timestamp;
        _lastSequence = outSequence - 1;
        _lastTimestamp = outTimestamp;
    }

    /// <summary>Goes on with another source, or with the same after a pause, right behind the last packet.</summary>
    /// <param name="sequence">Of the new source's first packet.</param>
    /// <param name="timestamp">Of the new source's first packet.</param>
    /// <param name="elapsed">Clock ticks since the last packet.</param>
    public void Resume(long sequence, uint timestamp, uint elapsed) =>
        Start(sequence, timestamp, _lastSequence + 1, _lastTimestamp + elapsed);

    /// <summary>False for packets from before the last start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryMap(long sequence, uint timestamp, out long outSequence, out uint outTimestamp)
    {
        outSequence = sequence + _sequenceOffset;
        outTimestamp = timestamp + _timestampOffset;
        if (!IsStarted || sequence < _first)
        {
            return false;
        }

        if (outSequence > _lastSequence)
        {
            _lastSequence = outSequence;
            _lastTimestamp = outTimestamp;
        }

        return true;
    }

    /// <summary>The source's number of a packet that was sent under this number; false from before the last start.</summary>
    public readonly bool TryUnmap(ushort outSequence, out long sequence)
    {
        var full = _lastSequence + (short)(outSequence - (ushort)_lastSequence);
        sequence = full - _sequenceOffset;
        return IsStarted && sequence >= _first && full <= _lastSequence;
    }
}
