using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Tests.Rtcp;

public sealed class TransportCcTests
{
    [Fact]
    public void Reads_a_run_with_a_small_delta()
    {
        var feedback = Parse("AFCD0005" + "FA17FA17" + "43032FA0" + "00990001" + "3DE80217" + "2001" + "9401");
        Assert.Equal(0xFA17FA17u, feedback.SenderSsrc);
        Assert.Equal(0x43032FA0u, feedback.MediaSsrc);
        Assert.Equal(153, feedback.BaseSequenceNumber);
        Assert.Equal(4_057_090, feedback.ReferenceTime);
        Assert.Equal(23, feedback.FeedbackCount);
        Assert.Equal([new TransportCcStatus(153, true, (4_057_090L * 64_000) + 37_000)], ToList(feedback));
    }

    // Fourteen packets of 1 bit, of which three came; then five of 2 bits, the first with a large negative delta.
    [Fact]
    public void Reads_chunks_of_one_and_of_two_bits()
    {
        var feedback = Parse("8FCD0007" + "00000001" + "00000002" + "FFFF0013" + "00000105" + "AA00" + "E000" + "04" + "08" + "10" + "FFFC" + "000000");
        var statuses = ToList(feedback);
        Assert.Equal(19, statuses.Count);
        Assert.Equal(new TransportCcStatus(65535, true, 64_000 + 1000), statuses[0]);
        Assert.Equal(new TransportCcStatus(0, false, 0), statuses[1]);
        Assert.Equal(new TransportCcStatus(1, true, 64_000 + 3000), statuses[2]);
        Assert.Equal(new TransportCcStatus(3, true, 64_000 + 7000), statuses[4]);
        Assert.Equal(new TransportCcStatus(13, true, 64_000 + 6000), statuses[14]);
        Assert.Equal(4, statuses.Count(status => status.IsReceived));
    }

    [Theory]
    [InlineData("8FCD0004" + "00000001" + "00000002" + "00000001" + "00000000")] // a packet announced, no chunk
    [InlineData("8FCD0005" + "00000001" + "00000002" + "00000003" + "00000000" + "2003" + "0101")] // a delta too few
    [InlineData("8FCD0005" + "00000001" + "00000002" + "00000001" + "00000000" + "6001" + "0101")] // reserved symbol
    [InlineData("8FCD0005" + "00000001" + "00000002" + "00000001" + "00000000" + "2000" + "2000")] // runs of nothing
    [InlineData("8FCD0009" + "00000001" + "00000002" + "0000FFFF" + "00000000" + "1FFF1FFF1FFF1FFF1FFF1FFF1FFF1FFF1FFF1FFF")] // far too many
    public void Malformed_feedback_is_refused(string hex) => Assert.False(RtcpLayoutTests.Single(hex).TryGetTransportCc(out _));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_arrivals_come_back_to_a_quarter_of_a_millisecond(int seed)
    {
        var random = new Random(seed);
        var buffer = new byte[1200];
        for (var round = 0; round < 1000; round++)
        {
            var arrivals = RandomArrivals(random);
            var baseSequence = (ushort)random.Next(65536);
            var writer = new RtcpWriter(buffer.AsSpan(0, random.Next(24, 1200)));
            var covered = writer.WriteTransportCc(1, 2, baseSequence, 9, arrivals);
            if (covered > 0)
            {
                Check(Parse(Convert.ToHexString(writer.Written)), baseSequence, arrivals.AsSpan(0, covered));
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void The_recorder_reports_every_packet_once_and_in_order(int seed)
    {
        var random = new Random(seed);
        var recorder = new TransportCcRecorder();
        var now = Instant.FromMilliseconds(10_000);
        var sent = 65_000L;
        var received = new Dictionary<ushort, Instant>();
        var expected = (ushort)sent;
        var reported = 0;
        var buffer = new byte[1200];
        for (var i = 0; i < 30_000; i++, sent++)
        {
            now += TimeSpan.FromMicroseconds(random.Next(100, 3000));
            if (i == 0 || random.Next(10) != 0)
            {
                recorder.OnPacket((ushort)sent, now);
                received[(ushort)sent] = now;
            }

            if (now < recorder.NextTimeout)
            {
                continue;
            }

            var writer = new RtcpWriter(buffer);
            while (recorder.TryWrite(ref writer, 1, 2))
            {
                foreach (var status in ToList(Parse(Convert.ToHexString(writer.Written))))
                {
                    Assert.Equal(expected++, status.SequenceNumber);
                    Assert.Equal(received.Remove(status.SequenceNumber), status.IsReceived);
                    reported++;
                }

                writer = new RtcpWriter(buffer);
            }
        }

        Assert.InRange(reported, 29_000, 30_000);
    }

    [Fact]
    public void The_recorder_survives_silence_and_long_losses()
    {
        var recorder = new TransportCcRecorder();
        var now = Instant.FromMilliseconds(0);
        var buffer = new byte[1200];
        for (var sequence = 0; sequence < 200_000; sequence += 1000)
        {
            recorder.OnPacket((ushort)sequence, now);
            now += TimeSpan.FromSeconds(20);
        }

        var reported = 0;
        var writer = new RtcpWriter(buffer);
        while (recorder.TryWrite(ref writer, 1, 2))
        {
            reported += ToList(Parse(Convert.ToHexString(writer.Written))).Count(status => status.IsReceived);
            writer = new RtcpWriter(buffer);
        }

        Assert.Equal(3, reported);
        Assert.Equal(Instant.Never, recorder.NextTimeout);
    }

    private static Instant[] RandomArrivals(Random random)
    {
        var arrivals = new Instant[random.Next(1, 600)];
        var lossPercent = random.Next(0, 100);
        var now = new Instant(random.NextInt64(0, TimeSpan.TicksPerDay));
        for (var i = 0; i < arrivals.Length; i++)
        {
            now += TimeSpan.FromMicroseconds(random.Next(4) == 0 ? random.Next(-100_000, 100_000) : random.Next(0, 5000));
            arrivals[i] = random.Next(100) < lossPercent ? Instant.Never : now;
        }

        return arrivals;
    }

    private static void Check(TransportCc feedback, ushort baseSequence, ReadOnlySpan<Instant> arrivals)
    {
        var statuses = ToList(feedback);
        Assert.Equal(arrivals.Length, statuses.Count);
        var offset = 0L;
        for (var i = 0; i < arrivals.Length; i++)
        {
            Assert.Equal((ushort)(baseSequence + i), statuses[i].SequenceNumber);
            Assert.Equal(arrivals[i] != Instant.Never, statuses[i].IsReceived);
            if (statuses[i].IsReceived)
            {
                var difference = statuses[i].ArrivalMicroseconds - (arrivals[i].Microseconds / 250 * 250);
                offset = offset == 0 ? difference : offset;
                Assert.Equal(offset, difference);
            }
        }
    }

    private static TransportCc Parse(string hex)
    {
        Assert.True(RtcpLayoutTests.Single(hex).TryGetTransportCc(out var feedback));
        return feedback;
    }

    private static List<TransportCcStatus> ToList(TransportCc feedback)
    {
        var list = new List<TransportCcStatus>();
        foreach (var status in feedback)
        {
            list.Add(status);
        }

        return list;
    }
}
