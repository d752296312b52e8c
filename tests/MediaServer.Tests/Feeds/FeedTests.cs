using Classroom.MediaServer.Feeds;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Tests.Feeds;

/// <summary>Media that a program on this machine brings, without a connection.</summary>
public sealed class FeedTests
{
    private const ulong SenderNtp = 4_000_000_000UL << 32;
    private const uint PictureBase = 1_000_000;
    private const uint SoundBase = 5_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_gets_pictures_and_sound_that_a_program_brings()
    {
        await using var host = await MediaHost.StartAsync();
        using var feed = await FeedAsync(host);
        using var viewer = await ViewAsync(host);
        await PlayAsync(feed, viewer, packets: 20);
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        Assert.Equal(TransportState.Connected, statistics!.Participants.Single(p => p.ParticipantId == "appliance").Publish);
    }

    [Fact]
    public async Task It_ends_with_its_participant_and_takes_nothing_more()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var observing = host.Media.Observe(observer);
        using var feed = await FeedAsync(host);
        await host.Media.LeaveAsync(MediaHost.Room, "appliance", Token);
        Assert.True(feed.IsClosed);
        Assert.Empty((await host.Media.GetStatisticsAsync(MediaHost.Room, Token))!.Publications);
    }

    [Fact]
    public async Task Disposing_it_ends_its_publications_and_a_later_one_takes_their_place()
    {
        await using var host = await MediaHost.StartAsync();
        var first = await FeedAsync(host);
        using var second = await host.Media.FeedAsync(MediaHost.Room, "appliance", "camera", [MediaKind.Video], Token);
        Assert.True(first.IsClosed);

        // The first is gone already: it takes nothing of the second along.
        first.Dispose();
        Assert.Single((await host.Media.GetStatisticsAsync(MediaHost.Room, Token))!.Publications);
        second.Dispose();
        Assert.Empty((await host.Media.GetStatisticsAsync(MediaHost.Room, Token))!.Publications);
    }

    [Fact]
    public async Task Packets_of_unknown_sources_and_garbage_are_counted_and_dropped()
    {
        await using var host = await MediaHost.StartAsync();
        using var feed = await FeedAsync(host);
        Assert.True(feed.TryWrite([1, 2, 3]));
        Assert.True(feed.TryWrite(Packet(new FeedFormat(102, 99), 1, 0)));
        Assert.False(feed.TryWrite(new byte[FeedFormat.LongestPacket + 1]));
        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.UnknownSource] == 2);
    }

    [Fact]
    public async Task Forwarding_what_it_brings_allocates_nothing()
    {
        await using var host = await MediaHost.StartAsync();
        using var feed = await FeedAsync(host);
        using var viewer = await ViewAsync(host);
        await PlayAsync(feed, viewer, packets: 200);
        var before = await host.AllocatedByLoopAsync();
        await PlayAsync(feed, viewer, packets: 2000, from: 200);
        Assert.InRange(await host.AllocatedByLoopAsync() - before, 0, 16_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(-200)]
    public void Its_clock_follows_a_sender_that_runs_faster_or_slower(int ppm)
    {
        var clock = new FeedClock();
        var random = new Random(7);
        for (var second = 0.0; second < 45 * 60; second += 0.04)
        {
            // Frames wait up to 30 ms on their way.
            var sender = (long)(second * (1 + (ppm / 1e6)) * TimeSpan.TicksPerSecond);
            clock.OnPacket(sender, new Instant((long)((second + (random.NextDouble() * 0.03)) * TimeSpan.TicksPerSecond)));
        }

        var expected = -45 * 60 * ppm / 1e6 * 1000;
        Assert.InRange(new TimeSpan(clock.Offset).TotalMilliseconds, expected - 3, expected + 3);
    }

    [Fact]
    public async Task Reports_to_recordings_put_both_streams_on_one_clock()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var observing = host.Media.Observe(observer);
        using var feed = await FeedAsync(host);
        await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        var sinks = new Dictionary<MediaKind, ReportSink>();
        foreach (var publication in observer.Publications)
        {
            sinks[publication.Kind] = new ReportSink();
            await host.Media.AttachSinkAsync(MediaHost.Room, publication.Id, sinks[publication.Kind], Token);
        }

        // Both were taken two seconds after the reports.
        Report(feed, FeedFormat.Picture, PictureBase);
        Report(feed, FeedFormat.Sound, SoundBase);
        feed.TryWrite(Packet(FeedFormat.Picture, 1, PictureBase + (2 * 90_000)));
        feed.TryWrite(Packet(FeedFormat.Sound, 1, SoundBase + (2 * 48_000)));
        await MediaHost.UntilAsync(() => sinks.Values.All(sink => sink.Report is not null));
        var (picture, sound) = (sinks[MediaKind.Video].Report!.Value, sinks[MediaKind.Audio].Report!.Value);
        Assert.Equal((PictureBase + (2 * 90_000), SoundBase + (2 * 48_000)), (picture.Timestamp, sound.Timestamp));
        Assert.Equal(picture.Ntp, sound.Ntp);
    }

    private static async Task<IMediaFeed> FeedAsync(MediaHost host)
    {
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("appliance", "room-1"), null, Token);
        return await host.Media.FeedAsync(MediaHost.Room, "appliance", "camera", [MediaKind.Video, MediaKind.Audio], Token);
    }

    private static async Task<TestPeer> ViewAsync(MediaHost host)
    {
        var viewer = new TestPeer { Picture = "H264" };
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("viewer", null), null, Token);
        var answer = await host.Media.SubscribeByOfferAsync(MediaHost.Room, "viewer", viewer.ViewOffer(), "camera", Token);
        await viewer.ConnectAsync(answer.Sdp);
        return viewer;
    }

    /// <summary>Each packet is a key frame, with one of sound behind it.</summary>
    private static async Task PlayAsync(IMediaFeed feed, TestPeer viewer, int packets, int from = 0)
    {
        for (var i = from; i < from + packets; i++)
        {
            Assert.True(feed.TryWrite(Packet(FeedFormat.Picture, i, PictureBase + (uint)(i * 3600))));
            Assert.True(feed.TryWrite(Packet(FeedFormat.Sound, i, SoundBase + (uint)(i * 960))));
            var types = new[] { await viewer.ReceiveRtpAsync(), await viewer.ReceiveRtpAsync() }.Select(data => Packets.Parse(data).PayloadType);
            Assert.Equal((byte[])[102, 111], types.Order());
        }
    }

    private static byte[] Packet(FeedFormat format, int sequence, uint timestamp)
    {
        var packet = new byte[400];
        RtpWriter.WriteHeader(packet, format.PayloadType, marker: true, (ushort)sequence, timestamp, format.Ssrc);
        packet[12] = 0x65; // A picture that stands by itself.
        return packet;
    }

    private static void Report(IMediaFeed feed, FeedFormat format, uint timestamp)
    {
        var buffer = new byte[64];
        var writer = new RtcpWriter(buffer);
        writer.WriteSenderReport(new SenderInfo(format.Ssrc, SenderNtp, timestamp, 0, 0), []);
        Assert.True(feed.TryWrite(writer.Written));
    }

    private sealed class ReportSink : IMediaSink
    {
        public (ulong Ntp, uint Timestamp)? Report { get; private set; }

        public void OnRtp(ReadOnlySpan<byte> packet, Instant arrival)
        {
            // Only reports count here.
        }

        public void OnSenderReport(ulong ntp, uint rtpTimestamp, Instant arrival, TimeSpan roundTrip) => Report ??= (ntp, rtpTimestamp);
    }
}
