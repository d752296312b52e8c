using System.Runtime.CompilerServices;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;

namespace Classroom.MediaServer.Loops;

/// <summary>
/// The transports of a loop and their turns. Who publishes has one each tick, since lost packets are asked for within
/// milliseconds; who only watches has nothing to do that cannot wait for a tenth of a second, and a full room has a hundred of those.
/// Ticks may come late, then they bring as many slices.
/// </summary>
internal sealed class TransportList
{
    /// <summary>Watchers are served in as many slices, each at its time.</summary>
    public const int Slices = 10;

    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(10);

    private readonly List<PeerTransport> _publishing = [];
    private readonly List<PeerTransport>[] _watching = [.. Enumerable.Range(0, Slices).Select(_ => new List<PeerTransport>())];
    private readonly List<PeerTransport> _hurried = [];
    private int _slice;
    private Instant _nextSlice = Instant.MinValue;

    public int Count { get; private set; }

    public void Add(PeerTransport transport)
    {
        ListFor(transport).Add(transport);
        Count++;
    }

    public void Remove(PeerTransport transport)
    {
        if (ListFor(transport).Remove(transport))
        {
            Count--;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tick(Instant now)
    {
        Tick(_publishing, now);
        if (now - _nextSlice > s_slice * Slices)
        {
            _nextSlice = now - (s_slice * (Slices - 1));
        }

        for (; _nextSlice <= now; _nextSlice += s_slice)
        {
            Tick(_watching[_slice], now);
            _slice = (_slice + 1) % Slices;
        }

        TickHurried(now);
    }

    /// <summary>The next turn of a watcher comes at the next tick, for one that has padding to send.</summary>
    public void Hurry(PeerTransport transport)
    {
        if (!_hurried.Contains(transport))
        {
            _hurried.Add(transport);
        }
    }

    private void TickHurried(Instant now)
    {
        // Whoever is still in a hurry after its turn has said so again.
        for (var left = _hurried.Count; left > 0 && _hurried.Count > 0; left--)
        {
            var transport = _hurried[0];
            _hurried.RemoveAt(0);
            if (!transport.IsClosed)
            {
                transport.Tick(now);
            }
        }
    }

    private static void Tick(List<PeerTransport> transports, Instant now)
    {
        // Backwards, because a transport may end itself; or all of its participant, so that the list may be shorter than thought.
        for (var i = transports.Count - 1; i >= 0; i--)
        {
            if (i < transports.Count)
            {
                transports[i].Tick(now);
            }
        }
    }

    // By the object's own hash, so that it is found again without being searched in every slice.
    private List<PeerTransport> ListFor(PeerTransport transport) => transport.Kind == TransportKind.Publish
        ? _publishing
        : _watching[(RuntimeHelpers.GetHashCode(transport) & int.MaxValue) % Slices];
}
