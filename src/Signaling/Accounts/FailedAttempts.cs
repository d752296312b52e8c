using System.Collections.Concurrent;

namespace Classroom.Signaling.Accounts;

/// <summary>
/// Counts failed attempts per key in a sliding window. Successes are never counted: a whole class shares one address.
/// </summary>
internal sealed class FailedAttempts(TimeProvider time, int limit, TimeSpan window)
{
    private const int MaximumKeys = 20_000;
    private readonly ConcurrentDictionary<string, Counter> _counters = new();

    public bool IsBlocked(string key) => _counters.TryGetValue(key, out var counter) && counter.Until > time.GetUtcNow() && counter.Count >= limit;

    public void Failed(string key)
    {
        var now = time.GetUtcNow();
        _counters.AddOrUpdate(
            key,
            _ => new Counter(1, now + window),
            (_, old) => old.Until > now ? old with { Count = old.Count + 1 } : new Counter(1, now + window));
        if (_counters.Count > MaximumKeys)
        {
            Forget(now);
        }
    }

    public void Succeeded(string key) => _counters.TryRemove(key, out _);

    // Only when someone makes up thousands of names: the finished windows go first, then everything.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, counter) in _counters)
        {
            if (counter.Until <= now)
            {
                _counters.TryRemove(key, out _);
            }
        }

        if (_counters.Count > MaximumKeys)
        {
            _counters.Clear();
        }
    }

    private sealed record Counter(int Count, DateTimeOffset Until);
}
