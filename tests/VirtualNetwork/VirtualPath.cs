using Classroom.Rtc;

namespace Classroom.VirtualNetwork;

/// <summary>A queue in front of a line, the line, and what happens behind it. All in virtual time, from one seed.</summary>
internal sealed class VirtualPath(PathOptions options, int seed)
{
    private readonly Random _random = new(seed);
    private readonly LossProcess _loss = new(options.Loss, options.BurstLength, new Random(seed + 1));
    private readonly Queue<(VirtualPacket Packet, Instant At)> _queue = new();
    private readonly PriorityQueue<VirtualPacket, long> _arriving = new();
    private readonly PriorityQueue<byte[], long> _reports = new();
    private Instant _busyUntil = new(0);
    private int _queued;

    /// <summary>Bytes that went over the line.</summary>
    public long Served { get; private set; }

    /// <summary>Waiting times of what went over the line.</summary>
    public List<double> QueueMs { get; } = [];

    /// <summary>Waiting time of what went over the line last.</summary>
    public double LastQueueMs { get; private set; }

    public void Send(VirtualPacket packet, Instant now)
    {
        if (_queued + packet.Bytes <= options.QueueBytes)
        {
            _queued += packet.Bytes;
            _queue.Enqueue((packet, now));
        }
    }

    public void Report(ReadOnlySpan<byte> report, Instant now)
    {
        if (_random.NextDouble() >= options.FeedbackLoss && options.CapacityAt(Since(now)).BitsPerSecond > 0)
        {
            _reports.Enqueue(report.ToArray(), (now + options.Delay).Ticks);
        }
    }

    /// <summary>Serves the queue up to a moment.</summary>
    public void Advance(Instant now)
    {
        var capacity = options.CapacityAt(Since(now));
        if (capacity.BitsPerSecond <= 0)
        {
            _busyUntil = now;
            return;
        }

        while (_queue.TryPeek(out var head))
        {
            var start = Instant.Max(head.At, _busyUntil);
            if (start >= now)
            {
                return;
            }

            _queue.Dequeue();
            _queued -= head.Packet.Bytes;
            _busyUntil = start + TimeSpan.FromSeconds(head.Packet.Bytes * 8.0 / capacity.BitsPerSecond);
            Served += head.Packet.Bytes;
            LastQueueMs = (start - head.At).TotalMilliseconds;
            QueueMs.Add(LastQueueMs);
            Deliver(head.Packet, _busyUntil + options.Delay);
        }
    }

    public bool TryReceive(Instant now, out VirtualPacket packet, out Instant at)
    {
        var has = _arriving.TryPeek(out packet!, out var ticks) && ticks <= now.Ticks;
        at = new Instant(ticks);
        if (has)
        {
            _arriving.Dequeue();
        }

        return has;
    }

    public bool TryReceiveReport(Instant now, out byte[] report, out Instant at)
    {
        var has = _reports.TryPeek(out report!, out var ticks) && ticks <= now.Ticks;
        at = new Instant(ticks);
        if (has)
        {
            _reports.Dequeue();
        }

        return has;
    }

    private static TimeSpan Since(Instant now) => new(now.Ticks);

    private void Deliver(VirtualPacket packet, Instant at)
    {
        if (_loss.Next())
        {
            return;
        }

        var late = _random.NextDouble() < options.Reordering ? TimeSpan.FromMilliseconds(_random.Next(2, 30)) : TimeSpan.Zero;
        _arriving.Enqueue(packet, (at + late).Ticks);
        if (_random.NextDouble() < options.Duplication)
        {
            _arriving.Enqueue(packet, (at + late + TimeSpan.FromMilliseconds(_random.Next(0, 10))).Ticks);
        }
    }
}
