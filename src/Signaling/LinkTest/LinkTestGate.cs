using Classroom.Signaling.Live;

namespace Classroom.Signaling.LinkTest;

/// <summary>A few tests at a time, so that they measure the line and not each other; and of one person not one after the other.</summary>
internal sealed class LinkTestGate(TimeProvider time)
{
    private const int MostAtOnce = 4;
    private const int MostInWindow = 12;
    private const int MostKnown = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PaceGate> _paces = [];
    private int _running;

    /// <returns>Disposed of when the test is over; null: not now.</returns>
    public IDisposable? TryEnter(string who)
    {
        lock (_lock)
        {
            if (_paces.Count >= MostKnown)
            {
                _paces.Clear();
            }

            if (!_paces.TryGetValue(who, out var pace))
            {
                _paces[who] = pace = new PaceGate(MostInWindow, Window);
            }

            if (_running >= MostAtOnce || !pace.TryPass(time.GetUtcNow()))
            {
                return null;
            }

            _running++;
            return new Turn(this);
        }
    }

    private sealed class Turn(LinkTestGate gate) : IDisposable
    {
        public void Dispose()
        {
            lock (gate._lock)
            {
                gate._running--;
            }
        }
    }
}
