namespace Classroom.Signaling.Live;

/// <summary>At most so many in any window of that length.</summary>
internal sealed class PaceGate(int limit, TimeSpan window)
{
    private readonly Queue<DateTimeOffset> _taken = new();

    public bool TryPass(DateTimeOffset now)
    {
        while (_taken.TryPeek(out var oldest) && now - oldest >= window)
        {
            _taken.Dequeue();
        }

        if (_taken.Count >= limit)
        {
            return false;
        }

        _taken.Enqueue(now);
        return true;
    }
}
