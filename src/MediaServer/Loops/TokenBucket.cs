using Classroom.Rtc;

namespace Classroom.MediaServer.Loops;

/// <summary>So many per second and no more; after a pause a burst.</summary>
/// <param name="perSecond">What comes back each second.</param>
/// <param name="burst">What there is at most, and at first.</param>
internal struct TokenBucket(int perSecond, int burst)
{
    private readonly int _perSecond = perSecond;
    private readonly int _burst = burst;
    private double _left = burst;
    private Instant _at = Instant.MinValue;

    public bool TryTake(Instant now)
    {
        if (now > _at)
        {
            _left = _at == Instant.MinValue ? _burst : Math.Min(_burst, _left + ((now - _at).TotalSeconds * _perSecond));
            _at = now;
        }

        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
