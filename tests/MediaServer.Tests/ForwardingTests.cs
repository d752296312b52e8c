using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;

namespace Classroom.MediaServer.Tests;

/// <summary>Packets from a publisher to a viewer over real sockets of the loopback interface.</summary>
public class ForwardingTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public async Task A_viewer_gets_every_packet_under_numbers_without_gaps(int loops, bool joinRuns)
    {
        await using var host = await MediaHost.StartAsync(loops, joinRuns);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");

        for (var i = 0; i < 40; i++)
        {
            // Sizes differ by one, as a packetiser's do, and end with a short one.
            publisher.SendRtp(Packets.Video(65500 + i, key: i == 0, payload: i % 10 == 9 ? 300 : 1100 + (i % 2)));
        }

        ushort first = 0;
        for (var i = 0; i < 40; i++)
        {
            var received = await viewer.ReceiveRtpAsync();
            var packet = Packets.Parse(received);
            first = i == 0 ? packet.SequenceNumber : first;
            Assert.Equal((ushort)(first + i), packet.SequenceNumber);
            Assert.Equal(Packets.Parse(Packets.Video(65500 + i, key: i == 0, payload: i % 10 == 9 ? 300 : 1100 + (i % 2))).Payload, packet.Payload);
        }
    }

    [Fact]
    public async Task Packets_of_a_frame_leave_as_one_message()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Video(0, key: true));
        await viewer.ReceiveRtpAsync();

        var saved = 0L;
        for (var sequence = 1; saved == 0 && sequence < 20000;)
        {
            // How many of a burst one turn reads is up to the system; in some turn it is more than one.
            var before = host.Counters;
            for (var i = 0; i < 50; i++)
            {
                publisher.SendRtp(Packets.Video(sequence++, key: false));
            }

            for (var i = 0; i < 50; i++)
            {
                await viewer.ReceiveRtpAsync();
            }

            saved = host.Counters.PacketsOut - before.PacketsOut - (host.Counters.MessagesOut - before.MessagesOut);
        }

        Assert.True(saved > 0);
        Assert.Equal(0, host.Counters.RunsRefused);
    }

    [Fact]
    public async Task Video_begins_with_a_key_frame_that_the_publisher_was_asked_for()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");

        publisher.SendRtp(Packets.Video(1, key: false));
        Assert.Equal(TestPeer.VideoSsrc, await publisher.ReceivePliAsync());
        publisher.SendRtp(Packets.Video(2, key: false));
        publisher.SendRtp(Packets.Video(3, key: true, timestamp: 12000));

        var first = Packets.Parse(await viewer.ReceiveRtpAsync());
        Assert.Equal(0, first.Payload[1] & 1);
    }

    [Fact]
    public async Task A_lost_packet_is_sent_again_byte_for_byte()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        for (var i = 0; i < 5; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0));
        }

        var received = new List<byte[]>();
        for (var i = 0; i < 5; i++)
        {
            received.Add(await viewer.ReceiveRtpAsync());
        }

        // The viewer's own SRTP state would drop a packet it has, so the repeat shows in the counters.
        viewer.SendRtcp(Compound((ref writer) => writer.WriteNack(1, Ssrc(received[2]), [Sequence(received[2])])));
        await MediaHost.UntilAsync(() => host.Counters.Repeated == 1);
        viewer.SendRtcp(Compound((ref writer) => writer.WriteNack(1, Ssrc(received[2]), [(ushort)(Sequence(received[0]) - 5)])));
        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.RepeatTooLate] == 1);
    }

    [Fact]
    public async Task What_the_publisher_lost_is_asked_for_again()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        publisher.SendRtp(Packets.Video(10, key: true));
        publisher.SendRtp(Packets.Video(13, key: false));

        while (true)
        {
            var reader = new RtcpReader(await publisher.ReceiveRtcpAsync());
            while (reader.TryRead(out var packet))
            {
                if (packet.TryGetNack(out var nack))
                {
                    var asked = new List<ushort>();
                    foreach (var sequence in nack)
                    {
                        asked.Add(sequence);
                    }

                    Assert.Equal([11, 12], asked);
                    Assert.Equal(TestPeer.VideoSsrc, nack.MediaSsrc);
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task A_viewers_wish_for_a_key_frame_reaches_the_publisher()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Video(1, key: true));
        var received = await viewer.ReceiveRtpAsync();

        viewer.SendRtcp(Compound((ref writer) => writer.WritePli(1, Ssrc(received))));
        Assert.Equal(TestPeer.VideoSsrc, await publisher.ReceivePliAsync());
    }

    [Fact]
    public async Task Sender_reports_keep_the_publishers_clock()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Audio(7));
        var received = await viewer.ReceiveRtpAsync();
        publisher.SendRtcp(Compound((ref writer) => writer.WriteSenderReport(new SenderInfo(TestPeer.AudioSsrc, 5UL << 32, 7 * 960, 1, 80))));

        while (true)
        {
            var reader = new RtcpReader(await viewer.ReceiveRtcpAsync());
            while (reader.TryRead(out var packet))
            {
                if (packet.TryGetSenderReport(out var report))
                {
                    var seconds = (report.Info.NtpTimestamp - (5UL << 32)) / (double)(1UL << 32);
                    var ticks = report.Info.RtpTimestamp - Packets.Parse(received).Timestamp;
                    Assert.InRange(ticks - (seconds * 48000), -2, 2);
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task A_classroom_never_hears_itself()
    {
        await using var host = await MediaHost.StartAsync();
        using var station = await host.PublishAsync("station", classroom: "room-1");
        using var sameRoom = await host.ViewAsync("screen", classroom: "room-1");
        using var otherRoom = await host.ViewAsync("far", classroom: "room-2");
        station.SendRtp(Packets.Audio(1));
        station.SendRtp(Packets.Video(1, key: true));

        Assert.Equal(96, Packets.Parse(await sameRoom.ReceiveRtpAsync()).PayloadType);
        var kinds = new[] { Packets.Parse(await otherRoom.ReceiveRtpAsync()).PayloadType, Packets.Parse(await otherRoom.ReceiveRtpAsync()).PayloadType };
        Assert.Equal<byte>([96, 111], [.. kinds.Order()]);
        Assert.False(sameRoom.TryReceiveRtp(out _));
    }

    [Fact]
    public async Task Connections_that_are_looked_after_allocate_nothing()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        var viewers = new List<TestPeer>();
        for (var i = 0; i < 20; i++)
        {
            viewers.Add(await host.ViewAsync($"pupil-{i}"));
        }

        var before = await host.AllocatedByLoopAsync();
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        // An object for each connection and turn would be more than twenty thousand bytes.
        Assert.InRange(await host.AllocatedByLoopAsync() - before, 0, 10_000);
        viewers.ForEach(viewer => viewer.Dispose());
    }

    [Fact]
    public async Task A_muted_participant_is_silent_and_comes_back_without_a_gap()
    {
        var token = TestContext.Current.CancellationToken;
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Audio(1));
        var before = Packets.Parse(await viewer.ReceiveRtpAsync()).SequenceNumber;

        await host.Media.SetMutedAsync(MediaHost.Room, "teacher", muted: true, token);
        var seen = host.Counters.DatagramsIn;
        publisher.SendRtp(Packets.Audio(2));
        await MediaHost.UntilAsync(() => host.Counters.DatagramsIn > seen);
        await host.Media.SetMutedAsync(MediaHost.Room, "teacher", muted: false, token);
        publisher.SendRtp(Packets.Audio(3));

        var packet = Packets.Parse(await viewer.ReceiveRtpAsync());
        Assert.Equal((ushort)(before + 1), packet.SequenceNumber);
        Assert.Equal(3, packet.Payload[^1]);
    }

    private static uint Ssrc(byte[] packet) => Packets.Parse(packet).Ssrc;

    private static ushort Sequence(byte[] packet) => Packets.Parse(packet).SequenceNumber;

    private delegate bool Writing(ref RtcpWriter writer);

    private static byte[] Compound(Writing write)
    {
        var writer = new RtcpWriter(new byte[500]);
        Assert.True(write(ref writer));
        return writer.Written.ToArray();
    }
}
