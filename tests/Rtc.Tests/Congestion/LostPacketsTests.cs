using Classroom.Rtc.Congestion;
using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Tests.Congestion;

public sealed class LostPacketsTests
{
    private static readonly Instant s_start = Instant.FromMilliseconds(1000);
    private readonly SendSideBandwidth _bandwidth = new();
    private readonly byte[] _buffer = new byte[1200];
    private byte _reports;

    [Fact]
    public void A_missing_packet_is_lost_when_one_that_was_sent_three_later_has_arrived()
    {
        Send(6);
        Report(0, "x.x");
        Assert.Empty(Lost());
        Report(3, "x");
        Assert.Empty(Lost());
        Report(4, "x");
        Assert.Equal([2u], Lost());
        Assert.Empty(Lost());
    }

    [Fact]
    public void What_was_only_overtaken_is_not_lost()
    {
        Send(6);
        Report(0, "x.x");
        Report(1, "x");
        Report(3, "xxx");
        Assert.Empty(Lost());
    }

    [Fact]
    public void It_is_told_with_its_tag_and_the_time_at_which_it_left()
    {
        Send(6);
        Report(0, "x.xxxx");
        Assert.True(_bandwidth.TryTakeLost(s_start + TimeSpan.FromMilliseconds(100), out var lost));
        Assert.Equal(new LostPacket(2, s_start + TimeSpan.FromMilliseconds(1)), lost);
    }

    [Fact]
    public void Packets_without_a_tag_are_nobodys_business()
    {
        for (var i = 0; i < 6; i++)
        {
            _bandwidth.OnSent(1200, s_start);
        }

        Report(0, "x.xxxx");
        Assert.Empty(Lost());
    }

    [Fact]
    public void Of_very_many_the_newest_are_told()
    {
        Send(400);
        Report(0, "x");
        Report(1, new string('.', 300) + "xxx");
        var lost = Lost();
        Assert.Equal(256, lost.Count);
        Assert.Equal(301u, lost[^1]);
    }

    [Fact]
    public void A_report_that_comes_twice_tells_it_once()
    {
        Send(6);
        Report(0, "x.xxxx");
        Assert.Single(Lost());
        Report(0, "x.xxxx");
        Assert.Empty(Lost());
    }

    /// <summary>Packets a millisecond apart, with tags from 1 on.</summary>
    private void Send(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _bandwidth.OnSent(1200, s_start + TimeSpan.FromMilliseconds(i), (uint)i + 1);
        }
    }

    /// <param name="first">Number of the first packet.</param>
    /// <param name="fates">x: arrived; a point: missing.</param>
    private void Report(ushort first, string fates)
    {
        var arrivals = fates.Select((fate, i) => fate == 'x' ? s_start + TimeSpan.FromMilliseconds(20 + first + i) : Instant.Never).ToArray();
        var writer = new RtcpWriter(_buffer);
        Assert.Equal(arrivals.Length, writer.WriteTransportCc(1, 2, first, _reports++, arrivals));
        Line.Deliver(_bandwidth, writer.Written, s_start + TimeSpan.FromMilliseconds(100));
    }

    private List<uint> Lost()
    {
        var tags = new List<uint>();
        while (_bandwidth.TryTakeLost(s_start + TimeSpan.FromMilliseconds(100), out var lost))
        {
            tags.Add(lost.Tag);
        }

        return tags;
    }
}
