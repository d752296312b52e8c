using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Rtcp;

/// <summary>Notes when the packets of one transport arrive and makes feedback of it for the sender's estimate.</summary>
public sealed class TransportCcRecorder
{
    /// <summary>How often feedback is due while packets come.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private const int Capacity = 2048;

    // Of those who only watch nothing arrives.
    private Instant[]? _arrivals;
    private SequenceUnwrapper _unwrapper;
    private long _next;
    private long _end;
    private byte _feedbackCount;

    /// <summary>When to send feedback; <see cref="Instant.Never"/> when nothing has come since the last.</summary>
    public Instant NextTimeout { get; private set; } = Instant.Never;

    /// <param name="sequence">From the header extension.</param>
    /// <param name="now">Time of arrival.</param>
    public void OnPacket(ushort sequence, Instant now)
    {
        var number = _unwrapper.Unwrap(sequence);
        if (_arrivals is null)
        {
            _arrivals = new Instant[Capacity];
            Array.Fill(_arrivals, Instant.Never);

            // Room before the first for packets that overtook it is not worth having.
            _next = number;
            _end = number;
        }

        if (number < _next)
        {
            // Reported as lost already; saying so again would only count the loss twice.
            return;
        }

        Advance(number);
        _arrivals[number % Capacity] = now;
        NextTimeout = Instant.Min(NextTimeout, now + Interval);
    }

    /// <summary>Appends feedback; call it again while it returns true and there is another buffer.</summary>
    public bool TryWrite(ref RtcpWriter writer, uint senderSsrc, uint mediaSsrc)
    {
        NextTimeout = Instant.Never;
        if (_arrivals is null || _next == _end)
        {
            return false;
        }

        SkipLongLoss();
        var count = (int)Math.Min(_end - _next, TransportCcEncoder.MaxStatuses);
        Span<Instant> arrivals = stackalloc Instant[TransportCcEncoder.MaxStatuses];
        for (var i = 0; i < count; i++)
        {
            arrivals[i] = _arrivals[(_next + i) % Capacity];
        }

        var covered = writer.WriteTransportCc(senderSsrc, mediaSsrc, (ushort)_next, _feedbackCount, arrivals[..count]);
        if (covered == 0)
        {
            return false;
        }

        _feedbackCount++;
        Clear(_next, _next + covered);
        _next += covered;
        return true;
    }

    private void Advance(long number)
    {
        if (number - _next >= Capacity)
        {
            // Nobody asked for feedback in time: what is oldest is forgotten.
            var next = number - Capacity + 1;
            Clear(_next, Math.Min(next, _end));
            _next = next;
        }

        _end = Math.Max(_end, number + 1);
    }

    // A loss so long that one feedback cannot reach its end is an interruption: begin behind it.
    private void SkipLongLoss()
    {
        var first = _next;
        while (_arrivals![first % Capacity] == Instant.Never)
        {
            first++;
        }

        _next = first - _next >= TransportCcEncoder.MaxStatuses ? first : _next;
    }

    private void Clear(long from, long to)
    {
        for (var number = from; number < to; number++)
        {
            _arrivals![number % Capacity] = Instant.Never;
        }
    }
}
