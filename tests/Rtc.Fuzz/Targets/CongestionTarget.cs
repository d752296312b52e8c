using Classroom.Rtc.Congestion;
using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Reports of arrival times, made up or bent, for packets that were really sent: the estimate stays in its bounds.</summary>
internal sealed class CongestionTarget : FuzzTarget
{
    private const int Sent = 200;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(5);
    private readonly BandwidthOptions _options = new();

    public override string Name => "congestion";

    public override IReadOnlyList<byte[]> Corpus { get; } = CreateCorpus();

    public override int Run(byte[] input)
    {
        var bandwidth = new SendSideBandwidth(_options) { Wanted = Bitrate.FromKilobits(3000) };
        var now = new Instant(0);
        for (var i = 0; i < Sent; i++, now += s_interval)
        {
            bandwidth.TryTakeProbe(now, out _);
            bandwidth.OnSent(1200, now, (uint)i + 1);
        }

        for (var round = 0; round < 3; round++, now += s_interval)
        {
            Report(bandwidth, input, now);
            bandwidth.OnTick(now);
            while (bandwidth.TryTakeLost(now, out var lost))
            {
                Require(lost.Tag is > 0 and <= Sent, "Something was lost that was never sent.");
            }

            var state = bandwidth.State;
            Require(state.Estimate >= _options.Least && state.Estimate <= _options.Most, "The estimate left its bounds.");
            Require(state.Loss is >= 0 and <= 1 && state.InherentLoss is >= 0 and < 1, "No share.");
            Require(state.Counters.Acknowledged <= Sent, "More arrived than was sent.");
        }

        var counters = bandwidth.State.Counters;
        return HashCode.Combine(counters.Acknowledged > 0, counters.Missing > 0, counters.Recovered > 0, counters.Repeated > 0, counters.Unknown > 0, bandwidth.State.Usage);
    }

    private static void Report(SendSideBandwidth bandwidth, byte[] input, Instant now)
    {
        var reader = new RtcpReader(input);
        while (reader.TryRead(out var packet))
        {
            if (packet.TryGetTransportCc(out var feedback))
            {
                bandwidth.OnFeedback(feedback, now);
            }
            else if (packet.TryGetRemb(out var remb))
            {
                bandwidth.OnRemb(remb, now);
            }
        }
    }

    private static List<byte[]> CreateCorpus()
    {
        var corpus = new List<byte[]>();
        var buffer = new byte[1200];
        for (ushort start = 0; start < Sent; start += 50)
        {
            var arrivals = new Instant[50];
            for (var i = 0; i < arrivals.Length; i++)
            {
                arrivals[i] = (start + i) % 7 == 0 ? Instant.Never : new Instant(((start + i) * s_interval.Ticks) + (i * 3000L));
            }

            var writer = new RtcpWriter(buffer);
            writer.WriteTransportCc(1, 2, start, (byte)(start / 50), arrivals);
            writer.WriteTransportCc(1, 2, start, (byte)(start / 50), arrivals);
            writer.WriteRemb(1, 1_000_000, [1]);
            corpus.Add(writer.Written.ToArray());
        }

        return corpus;
    }
}
