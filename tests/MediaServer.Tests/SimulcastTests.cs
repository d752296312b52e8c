using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Tests;

/// <summary>Three encodings over real sockets, from a publisher to viewers that show them at different sizes.</summary>
public class SimulcastTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("q h f", false)]
    [InlineData("f h q", true)] // named from the largest down
    public async Task A_viewer_gets_the_layer_that_fits_its_tile_without_a_gap(string rids, bool isReversed)
    {
        await using var host = await MediaHost.StartAsync();
        var (publisher, encodings, id, _) = await PublishAsync(host, rids, isReversed);
        using var sending = publisher;
        using var viewer = await host.ViewAsync("pupil");
        var watch = new Watch(viewer);

        await UntilAsync(encodings, watch, height: 320);
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", Wish(id, 100), Token);
        await UntilAsync(encodings, watch, height: 80);
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", Wish(id, 160), Token);
        await UntilAsync(encodings, watch, height: 160);
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", Wish(id, 0), Token);
        await UntilAsync(encodings, watch, height: 320);

        watch.AssertUnbroken();
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        Assert.Equal([80, 160, 320], statistics!.Publications.Single(p => p.Kind == MediaKind.Video).Encodings.Select(e => e.Height));
        Assert.Equal(320, statistics.Subscriptions.Single(s => s.PublicationId == id).Height);
    }

    [Fact]
    public async Task A_line_that_is_too_small_for_the_largest_layer_gets_the_next_one()
    {
        await using var host = await MediaHost.StartAsync();
        var (publisher, encodings, id, _) = await PublishAsync(host);
        using var sending = publisher;
        using var viewer = await host.ViewAsync("pupil", lineReports: "goog-remb");
        var watch = new Watch(viewer);
        double[] rates = [0, 0, 0];
        await ReportUntilAsync(_ => 20_000_000, () => watch.Height == 320 && rates[2] > rates[1] && rates[1] > rates[0] && rates[0] > 0);

        // Less than the third of them takes, but not by much: an estimate climbs by a twentieth a second.
        await ReportUntilAsync(rates => rates[2] * 0.95, () => watch.Height == 160);
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        Assert.Equal(LimitReason.OwnLine, statistics!.Subscriptions.Single(s => s.PublicationId == id).Limit);
        await ReportUntilAsync(_ => 20_000_000, () => watch.Height == 320);
        watch.AssertUnbroken();

        Task ReportUntilAsync(Func<double[], double> line, Func<bool> condition) => MediaHost.UntilAsync(async () =>
        {
            encodings.SendPicture(0, 1, 2);
            watch.Read();
            var now = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
            rates = [.. now!.Publications.Single(p => p.PublicationId == id).Encodings.Select(e => e.BitsPerSecond)];
            viewer.SendRemb((ulong)line(rates));
            return condition();
        });
    }

    [Fact]
    public async Task A_layer_that_falls_silent_is_left_for_the_next_one()
    {
        await using var host = await MediaHost.StartAsync();
        var (publisher, encodings, _, _) = await PublishAsync(host);
        using var sending = publisher;
        using var viewer = await host.ViewAsync("pupil");
        var watch = new Watch(viewer);
        await UntilAsync(encodings, watch, height: 320);
        await UntilAsync(encodings, watch, height: 160, 0, 1);
        watch.AssertUnbroken();
    }

    [Fact]
    public async Task A_layer_that_a_sender_does_not_manage_is_put_down_to_its_line_or_its_device()
    {
        await using var host = await MediaHost.StartAsync();
        var (publisher, encodings, id, _) = await PublishAsync(host);
        using var sending = publisher;
        using var viewer = await host.ViewAsync("pupil", lineReports: "goog-remb");
        var watch = new Watch(viewer);
        await UntilAsync(encodings, watch, height: 320);
        await UntilLimitAsync(LimitReason.SenderLine, 0, 1);
        await host.Media.SetOverloadedAsync(MediaHost.Room, "teacher", overloaded: true, Token);
        await UntilLimitAsync(LimitReason.SenderDevice, 0, 1);
        await UntilLimitAsync(LimitReason.None, 0, 1, 2);

        // A camera that stands still is neither.
        await UntilLimitAsync(LimitReason.SenderDevice, 0, 1);
        await UntilLimitAsync(LimitReason.None);

        Task UntilLimitAsync(LimitReason expected, params int[] flowing) => MediaHost.UntilAsync(async () =>
        {
            encodings.SendPicture(flowing);
            watch.Read();
            viewer.SendRemb(20_000_000);
            var now = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
            return now!.Subscriptions.Single(s => s.PublicationId == id).Limit == expected;
        });
    }

    [Fact]
    public async Task A_recorder_gets_the_highest_layer_and_the_next_one_when_it_ends()
    {
        await using var host = await MediaHost.StartAsync();
        var (publisher, encodings, id, _) = await PublishAsync(host);
        using var sending = publisher;
        var sink = new Sink();
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, id, sink, Token);
        await UntilKeyframeAsync(encodings, sink, SimulcastPeer.FirstSsrc + 2, 0, 1, 2);
        await UntilKeyframeAsync(encodings, sink, SimulcastPeer.FirstSsrc + 1, 0, 1);
    }

    [Fact]
    public async Task A_publisher_is_told_which_layers_somebody_needs()
    {
        await using var host = await MediaHost.StartAsync();
        var (publisher, encodings, id, listener) = await PublishAsync(host);
        using var sending = publisher;
        using var viewer = await host.ViewAsync("pupil");
        var watch = new Watch(viewer);
        await UntilAsync(encodings, watch, height: 320);
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", Wish(id, 160), Token);
        Assert.Equal("1: q h", await listener.LayersAsync());
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", Wish(id, 0), Token);
        Assert.Equal("1: q h f", await listener.LayersAsync());
        var sink = new Sink();
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", new Dictionary<string, LayerWish> { [id] = new(0, IsPaused: true) }, Token);
        Assert.Equal("1: q", await listener.LayersAsync());
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, id, sink, Token);
        Assert.Equal("1: q h f", await listener.LayersAsync());
    }

    [Fact]
    public async Task Sources_with_an_unknown_name_and_too_many_sources_are_refused()
    {
        await using var host = await MediaHost.StartAsync();
        var (publisher, _, _, _) = await PublishAsync(host);
        using var sending = publisher;
        new SimulcastPeer(publisher, "x y z").SendPicture(0, 1, 2);
        await MediaHost.UntilAsync(() => host.Counters.Refused.GetValueOrDefault(Refusal.UnknownSource) >= 6);
        for (var ssrc = 0; ssrc < 200; ssrc++)
        {
            var packet = Packets.Audio(ssrc);
            RtpWriter.SetSsrc(packet, 90_000u + (uint)ssrc);
            publisher.SendRtp(packet);
        }

        // SRTP keeps state for 64 sources, and a track follows four.
        await MediaHost.UntilAsync(() => host.Counters.Refused.Values.Sum() >= 6 + 196);
    }

    private static Dictionary<string, LayerWish> Wish(string id, int height) => new(StringComparer.Ordinal) { [id] = new LayerWish(height) };

    private static async Task<(TestPeer Peer, SimulcastPeer Encodings, string VideoId, Listener Listener)> PublishAsync(MediaHost host, string rids = "q h f", bool isReversed = false)
    {
        var peer = new TestPeer();
        var listener = new Listener();
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("teacher", null), listener, Token);
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", peer.SimulcastOffer(rids), MediaHost.Groups("camera"), Token);
        Assert.Contains($"a=simulcast:recv {rids.Replace(' ', ';')}\r\n", answer.Sdp, StringComparison.Ordinal);
        await peer.ConnectAsync(answer.Sdp);
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        var id = statistics!.Publications.Single(p => p.Kind == MediaKind.Video).PublicationId;
        return (peer, new SimulcastPeer(peer, rids, isReversed), id, listener);
    }

    // Real sockets run on real time: pictures come until the expected one is seen; the limit of the test ends it otherwise.
    private static async Task UntilAsync(SimulcastPeer encodings, Watch watch, int height, params int[] flowing)
    {
        await MediaHost.UntilAsync(() =>
        {
            encodings.SendPicture(flowing.Length == 0 ? [0, 1, 2] : flowing);
            watch.Read();
            return watch.Height == height;
        });
    }

    private static Task UntilKeyframeAsync(SimulcastPeer encodings, Sink sink, uint ssrc, params int[] flowing) => MediaHost.UntilAsync(() =>
    {
        encodings.SendPicture(flowing);
        while (sink.TryPacket(out var packet))
        {
            if (Packets.Parse(packet).Ssrc == ssrc && PictureInfo.Read(VideoCodec.Vp8, Packets.Parse(packet).Payload).IsKey)
            {
                return true;
            }
        }

        return false;
    });

    /// <summary>What a viewer sees.</summary>
    private sealed class Watch(TestPeer viewer)
    {
        private readonly SortedDictionary<long, (uint Timestamp, PictureInfo Picture)> _packets = [];
        private SequenceUnwrapper _unwrapper;

        /// <summary>Lines of the last key frame.</summary>
        public int Height { get; private set; }

        public void Read()
        {
            while (viewer.TryReceiveRtp(out var data))
            {
                var packet = Packets.Parse(data!);
                var picture = PictureInfo.Read(VideoCodec.Vp8, packet.Payload);
                Assert.True(_packets.TryAdd(_unwrapper.Unwrap(packet.SequenceNumber), (packet.Timestamp, picture)));
                Height = picture.Height != 0 ? picture.Height : Height;
            }
        }

        public void AssertUnbroken()
        {
            (long Sequence, uint Timestamp, PictureInfo Picture)? last = null;
            foreach (var (sequence, (timestamp, picture)) in _packets)
            {
                if (last is { } before)
                {
                    Assert.Equal(before.Sequence + 1, sequence);
                    var next = before.Timestamp == timestamp ? 0 : 1;
                    Assert.Equal((before.Picture.PictureId + next) & 0x7FFF, picture.PictureId);
                    Assert.Equal((byte)(before.Picture.BaseIndex + next), picture.BaseIndex);
                    Assert.InRange((int)(timestamp - before.Timestamp), 0, 90_000);
                }

                last = (sequence, timestamp, picture);
            }
        }
    }
}
