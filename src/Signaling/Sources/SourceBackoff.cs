namespace Classroom.Signaling.Sources;

/// <summary>How long to leave an appliance alone after a failure: 1 s, then twice as long each time, 30 s at most.</summary>
internal sealed class SourceBackoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = s_first;

    public TimeSpan Next()
    {
        var wait = _next;
        _next = wait * 2 < s_longest ? wait * 2 : s_longest;
        return wait;
    }

    public void Reset() => _next = s_first;
}
