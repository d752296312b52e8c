namespace Classroom.Rtc.Rtp;

/// <summary>
/// Finds the gaps in one stream and says when to ask for what is missing. First 10 ms after the gap shows (reordering
/// heals by itself), again after 1.25 round trips, 10 times at most. What cannot be mended asks for a key frame.
/// </summary>
public sealed class NackTracker
{
    /// <summary>Missing packets that are tracked at most.</summary>
    public const int MaxMissing = 1000;

    /// <summary>Requests per packet at most.</summary>
    public const int MaxTries = 10;

    /// <summary>From seeing the gap to the first request.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(10);

    private const int LeastRoom = 32;
    private static readonly TimeSpan s_shortestRepeat = TimeSpan.FromMilliseconds(20);

    // Ascending; usually empty, so that searching and moving cost nothing. Of a line without loss it takes no memory.
    private Missing[] _missing = [];
    private SequenceUnwrapper _unwrapper;
    private ushort? _restartAt;
    private bool _started;
    private bool _needsKeyFrame;

    /// <summary>Packets that are missing now.</summary>
    public int MissingCount { get; private set; }

    /// <summary>Packets that were missing and came.</summary>
    public long RecoveredCount { get; private set; }

    /// <summary>Packets that were given up.</summary>
    public long LostCount { get; private set; }

    /// <summary>When <see cref="TakeDue"/> has something to give.</summary>
    public Instant NextTimeout { get; private set; } = Instant.Never;

    /// <summary>Takes note of a packet of the stream; retransmissions count with their original number.</summary>
    public void OnPacket(ushort sequence, Instant now)
    {
        if (!_started)
        {
            Restart(sequence);
            return;
        }

        var distance = SequenceNumber.Distance((ushort)_unwrapper.Highest, sequence);
        if (distance is > MaxMissing or < -MaxMissing * 3)
        {
            OnJump(sequence, distance);
            return;
        }

        _restartAt = null;
        if (distance <= 0)
        {
            Recover(_unwrapper.Peek(sequence));
            return;
        }

        var first = _unwrapper.Highest + 1;
        var current = _unwrapper.Unwrap(sequence);
        AddMissing(first, current, now);
    }

    /// <summary>Writes the sequence numbers to ask for now, oldest first, and returns how many.</summary>
    /// <param name="now">Time.</param>
    /// <param name="roundTrip">To the sender, as measured last.</param>
    /// <param name="destination">What does not fit stays due.</param>
    public int TakeDue(Instant now, TimeSpan roundTrip, Span<ushort> destination)
    {
        if (now < NextTimeout)
        {
            return 0;
        }

        var repeat = roundTrip * 1.25;
        repeat = repeat < s_shortestRepeat ? s_shortestRepeat : repeat;
        var taken = 0;
        var kept = 0;
        NextTimeout = Instant.Never;
        for (var i = 0; i < MissingCount; i++)
        {
            var missing = _missing[i];
            if (missing.Due <= now && missing.Tries == MaxTries)
            {
                LostCount++;
                _needsKeyFrame = true;
                continue;
            }

            if (missing.Due <= now && taken < destination.Length)
            {
                destination[taken++] = (ushort)missing.Sequence;
                missing = missing with { Due = now + repeat, Tries = missing.Tries + 1 };
            }

            NextTimeout = Instant.Min(NextTimeout, missing.Due);
            _missing[kept++] = missing;
        }

        MissingCount = kept;
        return taken;
    }

    /// <summary>True once after a loss that asking cannot mend.</summary>
    public bool TakeKeyFrameNeed()
    {
        var needs = _needsKeyFrame;
        _needsKeyFrame = false;
        return needs;
    }

    /// <summary>Forgets what is missing before a packet: after a key frame, older packets are of no use.</summary>
    public void ForgetBefore(ushort sequence)
    {
        var limit = _unwrapper.Peek(sequence);
        var drop = 0;
        while (drop < MissingCount && _missing[drop].Sequence < limit)
        {
            drop++;
        }

        RemoveRange(0, drop);
    }

    // Far ahead, nothing in between can be mended. Far behind, a sender has started again, once two packets in a row say
    // so (RFC 3550, A.1).
    private void OnJump(ushort sequence, int distance)
    {
        if (distance > MaxMissing || _restartAt == sequence)
        {
            LostCount += MissingCount;
            _needsKeyFrame = true;
            Restart(sequence);
            return;
        }

        _restartAt = (ushort)(sequence + 1);
    }

    private void Restart(ushort sequence)
    {
        _unwrapper = default;
        _unwrapper.Unwrap(sequence);
        _started = true;
        _restartAt = null;
        MissingCount = 0;
        NextTimeout = Instant.Never;
    }

    private void AddMissing(long first, long end, Instant now)
    {
        if (MissingCount + (end - first) > MaxMissing)
        {
            // Too much is gone to be worth asking for: only a key frame helps.
            LostCount += MissingCount + (end - first);
            _needsKeyFrame = true;
            MissingCount = 0;
            NextTimeout = Instant.Never;
            return;
        }

        MakeRoom(MissingCount + (int)(end - first));
        for (var sequence = first; sequence < end; sequence++)
        {
            _missing[MissingCount++] = new Missing(sequence, now + FirstDelay, Tries: 0);
            NextTimeout = Instant.Min(NextTimeout, now + FirstDelay);
        }
    }

    private void MakeRoom(int count)
    {
        if (count > _missing.Length)
        {
            Array.Resize(ref _missing, Math.Clamp(_missing.Length * 2, Math.Max(count, LeastRoom), MaxMissing));
        }
    }

    private void Recover(long sequence)
    {
        var low = 0;
        var high = MissingCount - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_missing[middle].Sequence == sequence)
            {
                RecoveredCount++;
                RemoveRange(middle, 1);
                return;
            }

            if (_missing[middle].Sequence < sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
    }

    private void RemoveRange(int start, int count)
    {
        _missing.AsSpan(start + count, MissingCount - start - count).CopyTo(_missing.AsSpan(start));
        MissingCount -= count;
        NextTimeout = MissingCount == 0 ? Instant.Never : NextTimeout;
    }

    private readonly record struct Missing(long Sequence, Instant Due, int Tries);
}
