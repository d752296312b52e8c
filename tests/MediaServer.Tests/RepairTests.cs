using System.Buffers.Binary;
using System.Text;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;
using Classroom.VirtualNetwork;

namespace Classroom.MediaServer.Tests;

/// <summary>What publishers send again under a source of its own (RFC 4588) finds its place, once.</summary>
public class RepairTests
{
    private ushort _repeats = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.1, 1, 3)]
    [InlineData(0.3, 1, 4)]
    [InlineData(0.2, 5, 5)]
    public async Task Every_lost_picture_comes_by_repair_and_none_twice(double loss, double burst, int seed)
    {
        const int Count = 400;
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await host.ViewAsync("pupil");
        var sink = new Sink();
        var id = (await host.Media.GetStatisticsAsync(MediaHost.Room, Token))!.Publications.Single(p => p.Kind == MediaKind.Video).PublicationId;
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, id, sink, Token);
        var line = new LossProcess(loss, burst, new Random(seed));
        var seen = new Seen(viewer);
        publisher.SendRtp(Picture(0));
        await MediaHost.UntilAsync(() => seen.Read() == 1);

        // The last one is not lost, so that every gap shows.
        for (var i = 1; i <= Count; i++)
        {
            if (i == Count || !line.Next())
            {
                publisher.SendRtp(Picture(i));
            }
        }

        await MediaHost.UntilAsync(() =>
        {
            foreach (var number in Wanted(publisher))
            {
                if (!line.Next())
                {
                    publisher.SendRtp(Repeat(Picture(number)));
                }
            }

            return seen.Read() > Count;
        });
        Assert.Equal(Enumerable.Range(seen.First, Count + 1), seen.Numbers);
        var captured = new List<ushort>();
        while (sink.TryPacket(out var packet))
        {
            captured.Add(Packets.Parse(packet).SequenceNumber);
        }

        Assert.Equal(Enumerable.Range(0, Count + 1).Select(n => (ushort)n), captured.Order());
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        Assert.Equal(Count + 1, statistics!.Publications.Single(p => p.PublicationId == id).Packets);
        Assert.True(host.Counters.Repaired > 0);
    }

    [Fact]
    public async Task A_repeat_of_what_has_come_and_padding_are_counted_and_dropped()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await host.ViewAsync("pupil");
        var seen = new Seen(viewer);
        publisher.SendRtp(Picture(0));
        publisher.SendRtp(Picture(1));
        await MediaHost.UntilAsync(() => seen.Read() == 2);
        publisher.SendRtp(Repeat(Picture(1)));
        publisher.SendRtp(Repeat(Picture(9)));
        publisher.SendRtp(Padding());
        await MediaHost.UntilAsync(() => host.Counters.RepairedInVain == 3);
        publisher.SendRtp(Picture(2));
        await MediaHost.UntilAsync(() => seen.Read() == 3);
        Assert.Equal((0, 3), (host.Counters.Repaired, seen.Numbers.Count()));
    }

    [Fact]
    public async Task With_several_encodings_the_name_of_the_repaired_one_tells_them_apart()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = new TestPeer { SendsRepairs = true };
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("teacher", null), null, Token);
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", publisher.SimulcastOffer(), MediaHost.Groups("camera"), Token);
        Assert.Contains("a=fmtp:97 apt=96\r\n", answer.Sdp, StringComparison.Ordinal);
        await publisher.ConnectAsync(answer.Sdp);
        foreach (var (rid, ssrc) in new[] { ("q", 3000u), ("h", 3001u) })
        {
            publisher.SendRtp(Named(Picture(10), 10, rid, ssrc));
            publisher.SendRtp(Named(Picture(12), 10, rid, ssrc));
        }

        publisher.SendRtp(Named(Repeat(Picture(11)), 11, "h", 4001));
        await MediaHost.UntilAsync(() => host.Counters.Repaired == 1);
        publisher.SendRtp(Named(Repeat(Picture(11)), 11, "h", 4001));
        await MediaHost.UntilAsync(() => host.Counters.RepairedInVain == 1);
        publisher.SendRtp(Named(Repeat(Picture(11)), 11, "q", 4000));
        await MediaHost.UntilAsync(() => host.Counters.Repaired == 2);
        publisher.SendRtp(Named(Repeat(Picture(11)), 11, "x", 4002));
        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.UnknownSource] == 1);
    }

    private static async Task<TestPeer> PublishAsync(MediaHost host)
    {
        var peer = new TestPeer { SendsRepairs = true };
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("teacher", null), null, Token);
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", peer.PublishOffer(), MediaHost.Groups("camera"), Token);
        Assert.Contains("a=fmtp:97 apt=96\r\n", answer.Sdp, StringComparison.Ordinal);
        await peer.ConnectAsync(answer.Sdp);
        return peer;
    }

    private static byte[] Picture(int number) => Packets.Video(number, key: number == 0, payload: 300, timestamp: (uint)(number * 3000));

    private byte[] Repeat(byte[] original)
    {
        var packet = new byte[original.Length + 2];
        RtpWriter.WriteHeader(packet, 97, marker: false, _repeats++, Packets.Parse(original).Timestamp, TestPeer.RepairSsrc);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12), Packets.Parse(original).SequenceNumber);
        original.AsSpan(12).CopyTo(packet.AsSpan(14));
        return packet;
    }

    private byte[] Padding()
    {
        var packet = new byte[12 + 200];
        RtpWriter.WriteHeader(packet, 97, marker: false, _repeats++, 0, TestPeer.RepairSsrc);
        RtpWriter.SetPaddingBit(packet, present: true);
        packet[^1] = 200;
        return packet;
    }

    private static byte[] Named(byte[] packet, int extension, string rid, uint ssrc)
    {
        var named = new byte[packet.Length + 16];
        packet.AsSpan(0, 12).CopyTo(named);
        RtpWriter.SetSsrc(named, ssrc);
        var extensions = new RtpExtensionWriter(named);
        extensions.TryAdd(4, "1"u8);
        extensions.TryAdd(extension, Encoding.ASCII.GetBytes(rid));
        var header = extensions.Finish();
        packet.AsSpan(12).CopyTo(named.AsSpan(header));
        return named[..(header + packet.Length - 12)];
    }

    private static List<ushort> Wanted(TestPeer publisher)
    {
        var numbers = new List<ushort>();
        while (publisher.TryReceiveRtcp(out var compound))
        {
            var reader = new RtcpReader(compound);
            while (reader.TryRead(out var packet))
            {
                if (packet.TryGetNack(out var nack))
                {
                    foreach (var number in nack)
                    {
                        numbers.Add(number);
                    }
                }
            }
        }

        return numbers;
    }

    /// <summary>The pictures that a viewer got.</summary>
    private sealed class Seen(TestPeer viewer)
    {
        private readonly SortedSet<long> _numbers = [];
        private SequenceUnwrapper _unwrapper;

        public IEnumerable<int> Numbers => _numbers.Select(n => (int)n);

        public int First => (int)_numbers.Min;

        public int Read()
        {
            while (viewer.TryReceiveRtp(out var data))
            {
                var packet = Packets.Parse(data!);
                if (PictureInfo.Read(VideoCodec.Vp8, packet.Payload).IsKnown && packet.PayloadType == 96)
                {
                    Assert.True(_numbers.Add(_unwrapper.Unwrap(packet.SequenceNumber)), "A picture came twice.");
                }
            }

            return _numbers.Count;
        }
    }
}
