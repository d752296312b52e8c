using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>At most three key frame requests of one receiver in ten seconds: a broken decoder must not cost the class its bandwidth.</summary>
internal struct RequestBudget
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    private Instant _first;
    private Instant _second;
    private Instant _third;

    public RequestBudget() => _first = _second = _third = Instant.MinValue;

    public bool TryTake(Instant now)
    {
        if (now - _first < s_window)
        {
            return false;
        }

        (_first, _second, _third) = (_second, _third, now);
        return true;
    }
}
