namespace Classroom.Rtc.Congestion;

/// <summary>
/// How long packets wait in the queue on the way: the one-way delay above the least of the last ten seconds. The clocks of
/// the two ends need not agree, only run at about the same speed.
/// </summary>
internal struct QueueDelay
{
    private const double Smoothing = 0.7;
    private const long HalfWindowMicroseconds = 5_000_000;
    private double _smoothed;
    private long _least;
    private long _leastBefore;
    private long _windowBegan;
    private bool _started;

    public double Milliseconds { get; private set; }

    /// <param name="sent">Microseconds on our clock.</param>
    /// <param name="arrived">Microseconds on the receiver's clock.</param>
    public void Add(long sent, long arrived)
    {
        var delay = arrived - sent;
        if (!_started)
        {
            _started = true;
            _smoothed = delay;
            _least = delay;
            _leastBefore = delay;
            _windowBegan = sent;
        }
        else if (sent - _windowBegan > HalfWindowMicroseconds)
        {
            // Two halves: what is kept is between five and ten seconds old.
            _leastBefore = _least;
            _least = delay;
            _windowBegan = sent;
        }

        _least = Math.Min(_least, delay);
        _smoothed = (Smoothing * _smoothed) + ((1 - Smoothing) * delay);
        Milliseconds = Math.Max(0, (_smoothed - Math.Min(_least, _leastBefore)) / 1000);
    }
}
