using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Joins the wishes of all receivers for a key frame into few requests to the publisher.</summary>
internal sealed class KeyframeRequester
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(500);

    private Instant _lastSent = Instant.MinValue;
    private Instant _wantedAt = Instant.MinValue;
    private bool _wanted;

    /// <summary>A receiver cannot go on without a key frame.</summary>
    public void Want(Instant now)
    {
        if (!_wanted)
        {
            _wanted = true;
            _wantedAt = now;
        }
    }

    /// <summary>A key frame began. One that was under way when it was wished for serves as well.</summary>
    public void Arrived() => _wanted = false;

    /// <summary>What was asked for lately may not have been heard.</summary>
    public void AskAnew() => _lastSent = Instant.MinValue;

    /// <summary>True when a request goes out now; asks again until the key frame is there.</summary>
    public bool TrySend(Instant now)
    {
        var wait = _lastSent < _wantedAt ? s_shortest : s_again;
        if (!_wanted || now - _lastSent < wait)
        {
            return false;
        }

        _lastSent = now;
        return true;
    }
}
