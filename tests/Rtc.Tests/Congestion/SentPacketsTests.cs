using Classroom.Rtc.Congestion;

namespace Classroom.Rtc.Tests.Congestion;

public sealed class SentPacketsTests
{
    private static readonly Instant s_start = Instant.FromMilliseconds(5000);

    [Fact]
    public void A_packet_is_found_by_its_number_also_behind_the_wrap()
    {
        var packets = new SentPackets();
        for (var i = 0; i < 65536 + 10; i++)
        {
            packets.Settle(packets.Find(packets.Add(100 + (i % 50), 0, s_start)), SentFate.Received);
        }

        var number = packets.Find(5);
        Assert.Equal(65536 + 5, number);
        Assert.Equal(100 + ((65536 + 5) % 50), packets[number].Bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40000)]
    [InlineData(65535)]
    public void What_was_never_sent_is_not_found(int sequence)
    {
        var packets = new SentPackets();
        Assert.Equal(-1, packets.Find((ushort)sequence));
        Assert.Equal(0, packets.Memory);
    }

    [Fact]
    public void The_next_number_is_not_found_either()
    {
        var packets = new SentPackets();
        var sequence = packets.Add(100, 0, s_start);
        Assert.Equal(0, packets.Find(sequence));
        Assert.Equal(-1, packets.Find((ushort)(sequence + 1)));
        Assert.Equal(-1, packets.Find((ushort)(sequence - 1)));
    }

    [Fact]
    public void The_record_grows_to_what_is_in_flight_and_no_further()
    {
        var packets = new SentPackets();
        for (var i = 0; i < 10_000; i++)
        {
            packets.Add(1200, 0, s_start + TimeSpan.FromTicks(i * 1000));
        }

        Assert.Equal(48 * 1024, packets.Memory);
        Assert.Equal(10_000 - SentPackets.MaxCapacity, packets.Forgotten);
        Assert.Equal(-1, packets.Find(10_000 - SentPackets.MaxCapacity - 1));
        Assert.Equal(10_000 - SentPackets.MaxCapacity, packets.Find(10_000 - SentPackets.MaxCapacity));
    }

    [Fact]
    public void A_quiet_line_keeps_the_small_record_even_if_reports_are_lost()
    {
        var packets = new SentPackets();
        for (var i = 0; i < 10_000; i++)
        {
            packets.Add(100, 0, s_start + TimeSpan.FromMilliseconds(i * 20));
        }

        Assert.Equal(6 * 1024, packets.Memory);
    }

    [Fact]
    public void The_time_of_sending_survives_the_wrap_of_its_32_bits()
    {
        var packets = new SentPackets();
        var sent = new Instant((uint.MaxValue * 10L) - 50);
        var number = packets.Find(packets.Add(100, 0, sent));
        var later = sent + TimeSpan.FromSeconds(2);
        Assert.Equal(2_000_000, later.Microseconds - SentPackets.SentAt(packets[number], later).Microseconds);
    }
}
