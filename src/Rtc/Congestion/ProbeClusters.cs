namespace Classroom.Rtc.Congestion;

/// <summary>Measures at which rate the packets of each probe left and arrived.</summary>
internal sealed class ProbeClusters
{
    private const int Kept = 4;
    private const int LeastPackets = 4;
    private const double LeastShare = 0.7;
    private const double MostRatio = 2;

    // Arriving clearly slower than it was sent means that the line is full: stay a little under what came through.
    private const double FullBelow = 0.9;
    private const double UnderFull = 0.95;
    private const long BurstMicroseconds = 1_000;
    private const long LongestMicroseconds = 1_000_000;
    private readonly Cluster[] _clusters = new Cluster[Kept];

    public void Begin(in ProbePlan plan) => Slot(plan.Cluster) = new Cluster { Id = plan.Cluster, PlannedBytes = plan.Bytes };

    /// <summary>A packet of a probe arrived.</summary>
    /// <param name="id">Of the cluster.</param>
    /// <param name="bytes">Its size, with what the line carried before it and then lost.</param>
    /// <param name="sent">Microseconds on our clock.</param>
    /// <param name="arrived">Microseconds on the receiver's clock.</param>
    public void OnArrived(byte id, int bytes, long sent, long arrived)
    {
        ref var cluster = ref Slot(id);
        if (cluster.Id == id)
        {
            cluster.Add(bytes, sent, arrived);
        }
    }

    /// <summary>What the probe has shown, once enough of it has arrived.</summary>
    /// <param name="id">Of the cluster.</param>
    /// <param name="measurement">Valid when true comes back.</param>
    public bool TryMeasure(byte id, out ProbeMeasurement measurement)
    {
        measurement = default;
        ref var cluster = ref Slot(id);
        if (cluster.Id != id || cluster.Packets < LeastPackets || cluster.Bytes < cluster.PlannedBytes * LeastShare)
        {
            return false;
        }

        var sendTime = cluster.LastSent - cluster.FirstSent;
        var arrivalTime = cluster.LastArrived - cluster.FirstArrived;
        if (sendTime is <= 0 or > LongestMicroseconds || arrivalTime is <= 0 or > LongestMicroseconds)
        {
            return false;
        }

        var sendRate = Bitrate.Of(cluster.Bytes - cluster.LastBurstSent, TimeSpan.FromMicroseconds(sendTime));
        var arrivalRate = Bitrate.Of(cluster.Bytes - cluster.FirstBurstArrived, TimeSpan.FromMicroseconds(arrivalTime));
        if (sendRate <= Bitrate.Zero || arrivalRate <= Bitrate.Zero || arrivalRate / sendRate > MostRatio)
        {
            return false;
        }

        var isFull = arrivalRate < sendRate * FullBelow;
        var rate = isFull ? arrivalRate * UnderFull : Bitrate.Min(sendRate, arrivalRate);
        measurement = new ProbeMeasurement(rate, arrivalRate, isFull);
        return true;
    }

    private ref Cluster Slot(byte id) => ref _clusters[id % Kept];

    /// <summary>
    /// Packets leave in a burst per tick of the loop. A rate is what lies between the first and the last burst, so the last
    /// one sent, and the first one that arrived, do not count (not just one packet of them).
    /// </summary>
    private struct Cluster
    {
        public byte Id;
        public int PlannedBytes;
        public int Packets;
        public int Bytes;
        public long FirstSent;
        public long LastSent;
        public int LastBurstSent;
        public long FirstArrived;
        public long LastArrived;
        public int FirstBurstArrived;

        public void Add(int bytes, long sent, long arrived)
        {
            if (Packets == 0)
            {
                FirstSent = sent;
                LastSent = sent;
                FirstArrived = arrived;
                LastArrived = arrived;
            }

            Packets++;
            Bytes += bytes;
            LastBurstSent = sent - LastSent > BurstMicroseconds ? bytes : LastBurstSent + bytes;
            FirstBurstArrived += arrived - FirstArrived <= BurstMicroseconds ? bytes : 0;
            LastSent = Math.Max(LastSent, sent);
            LastArrived = Math.Max(LastArrived, arrived);
        }
    }
}
