namespace Classroom.Rtc.Tests;

/// <summary>One direction of a network in virtual time: a lost beginning, then seeded loss, delay, reordering and duplication.</summary>
internal sealed class VirtualLink(int seed, double loss = 0, double duplication = 0, int maxDelayMs = 20, int dropFirst = 0)
{
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<byte[], long> _inFlight = new();

    public int Sent { get; private set; }

    public int Lost { get; private set; }

    public Instant NextArrival => _inFlight.TryPeek(out _, out var at) ? new Instant(at) : Instant.Never;

    public void Send(ReadOnlySpan<byte> datagram, Instant now)
    {
        Sent++;
        if (Sent <= dropFirst || _random.NextDouble() < loss)
        {
            Lost++;
            return;
        }

        var copies = _random.NextDouble() < duplication ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var delay = TimeSpan.FromMicroseconds(_random.Next(1000, (maxDelayMs * 1000) + 1));
            _inFlight.Enqueue(datagram.ToArray(), (now + delay).Ticks);
        }
    }

    public bool TryReceive(Instant now, out byte[] datagram)
    {
        datagram = [];
        if (NextArrival > now)
        {
            return false;
        }

        datagram = _inFlight.Dequeue();
        return true;
    }
}
