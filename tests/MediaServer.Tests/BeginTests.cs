using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Tests;

/// <summary>With what a viewer begins that comes while a lesson runs.</summary>
public sealed class BeginTests
{
    private const uint SecondPicture = 12_000;

    [Fact]
    public async Task A_viewer_begins_with_the_key_frame_that_came_before_its_keys()
    {
        await using var host = await MediaHost.StartAsync(time: new SlowTime());
        using var publisher = await host.PublishAsync("teacher");
        publisher.SendRtp(Packets.Video(1, key: false));
        publisher.SendRtp(Packets.Video(2, key: true, timestamp: SecondPicture));
        publisher.SendRtp(Packets.Video(3, key: true, timestamp: SecondPicture, begins: false));
        publisher.SendRtp(Packets.Video(4, key: false, timestamp: SecondPicture + 3000));
        await UntilReceivedAsync(host, 4);

        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Video(5, key: false, timestamp: SecondPicture + 6000));
        await ReceiveAsync(viewer, 2, 3, 4, 5);
    }

    [Fact]
    public async Task A_viewer_hears_the_last_packet_of_sound_at_once()
    {
        await using var host = await MediaHost.StartAsync(time: new SlowTime());
        using var publisher = await host.PublishAsync("teacher");
        publisher.SendRtp(Packets.Audio(7));
        publisher.SendRtp(Packets.Audio(8));
        await UntilReceivedAsync(host, 2);

        using var viewer = await host.ViewAsync("pupil");
        Assert.Equal(8u * 960, Packets.Parse(await viewer.ReceiveRtpAsync()).Timestamp);
        publisher.SendRtp(Packets.Audio(9));
        Assert.Equal(9u * 960, Packets.Parse(await viewer.ReceiveRtpAsync()).Timestamp);
    }

    [Fact]
    public async Task What_is_no_longer_fresh_is_not_begun_with()
    {
        var time = new LeapingTime();
        await using var host = await MediaHost.StartAsync(time: time);
        using var publisher = await host.PublishAsync("teacher");
        publisher.SendRtp(Packets.Audio(1));
        publisher.SendRtp(Packets.Video(1, key: true));
        await UntilReceivedAsync(host, 2);
        time.Skip(TimeSpan.FromMilliseconds(300));

        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Video(2, key: false));
        Assert.Equal(TestPeer.VideoSsrc, await publisher.ReceivePliAsync());
        publisher.SendRtp(Packets.Video(3, key: true, timestamp: SecondPicture));
        await ReceiveAsync(viewer, 3);
    }

    [Fact]
    public async Task A_key_frame_of_another_source_than_the_one_that_sends_now_is_not_begun_with()
    {
        await using var host = await MediaHost.StartAsync(time: new SlowTime());
        using var publisher = await host.PublishAsync("teacher");
        publisher.SendRtp(Packets.Video(1, key: true));
        byte[] another = Packets.Video(50, key: false);
        RtpWriter.SetSsrc(another, TestPeer.VideoSsrc + 100);
        // A source has to send more than once before it is believed.
        for (var sequence = 50; sequence < 60; sequence++)
        {
            RtpWriter.SetSequenceNumber(another, (ushort)sequence);
            publisher.SendRtp(another);
        }

        await UntilReceivedAsync(host, 10);

        using var viewer = await host.ViewAsync("pupil");
        byte[] key = Packets.Video(100, key: true, timestamp: SecondPicture);
        RtpWriter.SetSsrc(key, TestPeer.VideoSsrc + 100);
        publisher.SendRtp(key);
        await ReceiveAsync(viewer, 100);
    }

    [Fact]
    public async Task A_viewer_who_shows_a_picture_again_gets_nothing_twice()
    {
        await using var host = await MediaHost.StartAsync(time: new SlowTime());
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Video(1, key: true));
        publisher.SendRtp(Packets.Video(2, key: false, timestamp: SecondPicture));
        await ReceiveAsync(viewer, 1, 2);

        await WishAsync(host, isPaused: true);
        await WishAsync(host, isPaused: false);
        publisher.SendRtp(Packets.Video(3, key: true, timestamp: SecondPicture + 3000));
        await ReceiveAsync(viewer, 3);

        // What came meanwhile is new to it.
        await WishAsync(host, isPaused: true);
        publisher.SendRtp(Packets.Video(4, key: true, timestamp: SecondPicture + 6000));
        await UntilReceivedAsync(host, 4);
        await WishAsync(host, isPaused: false);
        await ReceiveAsync(viewer, 4);
    }

    private static Task UntilReceivedAsync(MediaHost host, int packets) => MediaHost.UntilAsync(async () =>
    {
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, TestContext.Current.CancellationToken);
        return statistics!.Publications.Sum(p => p.Packets) >= packets;
    });

    private static async Task WishAsync(MediaHost host, bool isPaused)
    {
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, TestContext.Current.CancellationToken);
        var video = statistics!.Publications.Single(p => p.Kind == MediaKind.Video).PublicationId;
        var wishes = new Dictionary<string, LayerWish>(StringComparer.Ordinal) { [video] = new(0, IsPaused: isPaused) };
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", wishes, TestContext.Current.CancellationToken);
    }

    /// <summary>Exactly these packets come, under numbers without a gap. They are told apart by what <see cref="Packets.Video"/> fills them with.</summary>
    private static async Task ReceiveAsync(TestPeer viewer, params int[] sequences)
    {
        var last = -1;
        foreach (var sequence in sequences)
        {
            var packet = Packets.Parse(await viewer.ReceiveRtpAsync());
            Assert.Equal((byte)(sequence + 20), packet.Payload[20 - RtpPacket.FixedHeaderLength]);
            Assert.True(last < 0 || packet.SequenceNumber == (ushort)(last + 1));
            last = packet.SequenceNumber;
        }
    }
}
