using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Compound RTCP with every view opened and walked to its end.</summary>
internal sealed class RtcpTarget : FuzzTarget
{
    public override string Name => "rtcp";

    public override IReadOnlyList<byte[]> Corpus { get; } = CreateCorpus();

    public override long AllocationLimit => 0;

    public override int Run(byte[] input)
    {
        var hash = new HashCode();
        var reader = new RtcpReader(input);
        var packets = 0;
        while (reader.TryRead(out var packet))
        {
            Require(++packets <= input.Length / 4, "More packets than bytes allow.");
            hash.Add(packet.Type);
            hash.Add(Reports(packet) + Descriptions(packet) + Requests(packet) + TransportCc(packet));
        }

        return hash.ToHashCode();
    }

    private static int Reports(RtcpPacket packet)
    {
        var seen = 0;
        if (packet.TryGetSenderReport(out var sender))
        {
            seen += sender.Blocks.Count + (int)(sender.Info.PacketCount & 1);
            for (var i = 0; i < sender.Blocks.Count; i++)
            {
                seen += sender.Blocks[i].CumulativeLost < 0 ? 1 : 0;
            }
        }

        if (packet.TryGetReceiverReport(out var receiver))
        {
            for (var i = 0; i < receiver.Blocks.Count; i++)
            {
                seen += receiver.Blocks[i].CumulativeLost < 0 ? 1 : 0;
            }
        }

        return seen;
    }

    private static int Descriptions(RtcpPacket packet)
    {
        var seen = 0;
        if (packet.TryGetSourceDescription(out var description))
        {
            foreach (var item in description)
            {
                seen += 1 + (item.Text.Length >> 3);
            }
        }

        if (packet.TryGetGoodbye(out var goodbye))
        {
            seen += goodbye.Reason.Length;
            for (var i = 0; i < goodbye.Count; i++)
            {
                seen += goodbye[i] == 0 ? 1 : 0;
            }
        }

        return seen;
    }

    private static int Requests(RtcpPacket packet)
    {
        var seen = 0;
        if (packet.TryGetNack(out var nack))
        {
            foreach (var sequence in nack)
            {
                seen += 1 + (sequence & 1);
            }
        }

        if (packet.TryGetFir(out var fir))
        {
            for (var i = 0; i < fir.Count; i++)
            {
                seen += fir[i].SequenceNumber & 1;
            }
        }

        if (packet.TryGetRemb(out var remb))
        {
            seen += remb.BitsPerSecond > 0 ? 1 : 0;
            for (var i = 0; i < remb.Count; i++)
            {
                seen += (int)(remb[i] & 1);
            }
        }

        return seen + (packet.TryGetPli(out _) ? 1 : 0);
    }

    private static int TransportCc(RtcpPacket packet)
    {
        var seen = 0;
        if (packet.TryGetTransportCc(out var feedback))
        {
            foreach (var status in feedback)
            {
                seen++;
            }

            Require(seen == feedback.StatusCount, "Statuses are missing.");
        }

        return seen;
    }

    private static List<byte[]> CreateCorpus()
    {
        var buffer = new byte[600];
        var writer = new RtcpWriter(buffer);
        writer.WriteSenderReport(new SenderInfo(1, 2, 3, 4, 5), [new ReportBlock(1, 2, -3, 4, 5, 6, 7)]);
        writer.WriteReceiverReport(1, [new ReportBlock(1, 2, 3, 4, 5, 6, 7)]);
        writer.WriteSdes(1, "someone");
        writer.WriteNack(1, 2, [1, 2, 5, 300]);
        writer.WritePli(1, 2);
        writer.WriteFir(1, new FullIntraRequest(2, 3));
        writer.WriteRemb(1, 2_000_000, [1, 2, 3]);
        Instant[] arrivals = [new(1_000_000), Instant.Never, new(1_100_000), new(900_000), Instant.Never, Instant.Never, new(3_000_000)];
        writer.WriteTransportCc(1, 2, 65533, 4, arrivals);
        writer.WriteBye([1, 2]);

        var corpus = new List<byte[]> { writer.Written.ToArray(), Convert.FromHexString("81CB0003902F9E2E03464F4F00000000") };
        var reader = new RtcpReader(writer.Written);
        var start = 0;
        while (reader.TryRead(out var packet))
        {
            corpus.Add(writer.Written.Slice(start, packet.Body.Length + 4).ToArray());
            start += packet.Body.Length + 4;
        }

        return corpus;
    }
}
