using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Rtcp;

namespace Classroom.MediaServer.Tests;

/// <summary>Lessons' rooms as signalling and the recorder see them.</summary>
public class RoomTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_offered_an_anchor_first_and_then_what_it_wants()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var publisher = await host.PublishAsync("teacher");
        using var page = new TestPeer();
        var listener = new Listener();
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("pupil", null), listener, Token);

        await host.Media.SubscribeAsync(MediaHost.Room, "pupil", [], Token);
        var anchor = await listener.OfferAsync();
        Assert.Empty(anchor.Tracks);
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, "pupil", anchor.Revision, page.AnswerTo(anchor.Sdp), Token);
        await page.ConnectAsync(anchor.Sdp);

        await host.Media.SubscribeAsync(MediaHost.Room, "pupil", [.. observer.Publications.Select(p => p.Id), "unknown"], Token);
        var offer = await listener.OfferAsync();
        Assert.Equal(2, offer.Tracks.Count);
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, "pupil", offer.Revision, page.AnswerTo(offer.Sdp), Token);
        publisher.SendRtp(Packets.Video(1, key: true));
        Assert.Equal(96, Packets.Parse(await page.ReceiveRtpAsync()).PayloadType);
        Assert.Contains((TransportKind.Subscribe, TransportState.Connected), listener.States);
    }

    [Fact]
    public async Task What_somebody_publishes_who_is_not_to_be_recorded_says_so()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var child = new TestPeer();
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("child", null) { IsNotRecorded = true }, null, Token);
        await host.Media.PublishAsync(MediaHost.Room, "child", child.PublishOffer(), MediaHost.Groups("camera"), Token);
        using var teacher = await host.PublishAsync("teacher");

        Assert.Equal(["child", "child"], observer.Publications.Where(p => p.IsNotRecorded).Select(p => p.ParticipantId));
        Assert.Equal(4, observer.Publications.Count);
    }

    [Fact]
    public async Task A_section_is_used_again_for_another_publication()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var first = await host.PublishAsync("first", group: "a");
        using var second = await host.PublishAsync("second", group: "b");
        using var page = new TestPeer();
        var listener = new Listener();
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("pupil", null), listener, Token);
        var videos = observer.Publications.Where(p => p.Kind == MediaKind.Video).Select(p => p.Id).ToArray();

        await host.Media.SubscribeAsync(MediaHost.Room, "pupil", [videos[0]], Token);
        var one = await listener.OfferAsync();
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, "pupil", one.Revision, page.AnswerTo(one.Sdp), Token);
        await page.ConnectAsync(one.Sdp);
        await host.Media.SubscribeAsync(MediaHost.Room, "pupil", [videos[1]], Token);
        var two = await listener.OfferAsync();
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, "pupil", two.Revision, page.AnswerTo(two.Sdp), Token);

        Assert.Equal(one.Tracks.Keys, two.Tracks.Keys);
        first.SendRtp(Packets.Video(1, key: true, payload: 500));
        second.SendRtp(Packets.Video(1, key: true, payload: 600));
        Assert.Equal(600, Packets.Parse(await page.ReceiveRtpAsync()).Payload.Length);
    }

    [Fact]
    public async Task Audio_of_the_same_classroom_is_not_even_offered()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var station = await host.PublishAsync("station", classroom: "room-1");
        var listener = new Listener();
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("screen", "room-1"), listener, Token);
        await host.Media.SubscribeAsync(MediaHost.Room, "screen", [.. observer.Publications.Select(p => p.Id)], Token);

        var offer = await listener.OfferAsync();
        var video = observer.Publications.Single(p => p.Kind == MediaKind.Video);
        Assert.Equal([video.Id], offer.Tracks.Values);
    }

    [Fact]
    public async Task An_observer_hears_of_what_is_there_and_then_of_what_happens()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher", group: "seat");
        await host.Media.SetRecordingAsync(MediaHost.Room, new RecordingSwitch(true, DateTimeOffset.UnixEpoch), Token);
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        await host.Media.UnpublishAsync(MediaHost.Room, "teacher", "seat", Token);
        await host.Media.CloseRoomAsync(MediaHost.Room, Token);

        string[] expected =
        [
            $"opened {MediaHost.Room}", "added seat opus", "added seat VP8", "recording True", "removed seat opus", "removed seat VP8", $"closed {MediaHost.Room}",
        ];
        foreach (var line in expected)
        {
            Assert.Equal(line, await observer.NextAsync());
        }

        Assert.False(host.Media.IsRoomOpen(MediaHost.Room));
    }

    [Fact]
    public async Task A_sink_gets_packets_and_reports_as_the_publisher_sent_them()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var publisher = await host.PublishAsync("teacher");
        var audio = observer.Publications.Single(p => p.Kind == MediaKind.Audio);
        var sink = new Sink();
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, audio.Id, sink, Token);

        publisher.SendRtp(Packets.Audio(4));
        Assert.Equal(Packets.Audio(4), await sink.PacketAsync());
        var writer = new RtcpWriter(new byte[100]);
        writer.WriteSenderReport(new SenderInfo(TestPeer.AudioSsrc, 77UL << 32, 4 * 960, 1, 80));
        publisher.SendRtcp(writer.Written);
        Assert.Equal((77UL << 32, 4u * 960), await sink.Reports.Reader.ReadAsync(Token));
    }

    [Fact]
    public async Task Leaving_ends_publications_and_tells_why_a_late_call_fails()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        await host.Media.LeaveAsync(MediaHost.Room, "teacher", Token);

        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        Assert.Empty(statistics!.Publications);
        await AssertCodeAsync("participant_not_found", () => host.Media.SubscribeAsync(MediaHost.Room, "teacher", [], Token));
        await AssertCodeAsync("room_not_found", () => host.Media.LeaveAsync("no such room", "teacher", Token));
        await AssertCodeAsync("bad_sdp", () => host.Media.PublishAsync(MediaHost.Room, "teacher", "v=0", MediaHost.Groups("x"), Token));
    }

    [Fact]
    public async Task A_viewer_of_a_name_that_nobody_publishes_is_told_so()
    {
        await using var host = await MediaHost.StartAsync();
        using var peer = new TestPeer();
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("pupil", null), null, Token);
        await AssertCodeAsync("group_not_found", () => host.Media.SubscribeByOfferAsync(MediaHost.Room, "pupil", peer.ViewOffer(), "nothing", Token));
    }

    [Fact]
    public async Task New_credentials_of_a_peer_restart_ice_and_candidates_alone_do_not()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        var before = publisher.Server!.Ufrag;

        Assert.Null(await host.Media.PatchAsync(MediaHost.Room, "teacher", TransportKind.Publish, "a=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", Token));
        var fragment = await host.Media.PatchAsync(
            MediaHost.Room, "teacher", TransportKind.Publish, "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n", Token);
        Assert.Contains("a=ice-ufrag:", fragment, StringComparison.Ordinal);
        Assert.DoesNotContain(before, fragment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_connection_may_add_and_drop_tracks()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var publisher = await host.PublishAsync("teacher");
        Assert.Equal(2, observer.Publications.Count);

        var onlyAudio = new Dictionary<string, string>(StringComparer.Ordinal) { ["0"] = "camera" };
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", publisher.PublishOffer(), onlyAudio, Token);
        Assert.Contains("a=inactive", answer.Sdp, StringComparison.Ordinal);
        Assert.Contains(publisher.Server!.Ufrag, answer.Sdp, StringComparison.Ordinal);
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        Assert.Equal(MediaKind.Audio, Assert.Single(statistics!.Publications).Kind);
    }

    [Fact]
    public async Task What_cannot_be_used_is_counted_by_reason()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var stranger = new System.Net.Sockets.UdpClient("127.0.0.1", host.Counters.Port);
        stranger.Send([255, 1, 2, 3]);
        stranger.Send([0, 1, 0, 0, 1, 2, 3]);
        stranger.Send(Packets.Audio(1));
        publisher.SendRaw(Packets.Audio(1));
        var unknown = Packets.Audio(2);
        unknown[1] = 50;
        unknown[11] = 99;
        publisher.SendRtp(unknown);

        foreach (var reason in new[] { Refusal.UnknownDatagram, Refusal.UnknownStun, Refusal.UnvalidatedAddress, Refusal.Unauthentic, Refusal.UnknownSource })
        {
            await MediaHost.UntilAsync(() => host.Counters.Refused[reason] == 1);
        }
    }

    [Fact]
    public async Task Forwarding_allocates_nothing()
    {
        const int packets = 8000;
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        var video = observer.Publications.Single(p => p.Kind == MediaKind.Video);
        var sink = new CountingSink();
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, video.Id, sink, Token);

        for (var i = 0; i < packets; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0));
            if (i % 50 == 49)
            {
                await MediaHost.UntilAsync(() => sink.Packets == i + 1);
            }
        }

        // Reports and pings of some seconds may be among it, never something for each packet, however slow the machine is.
        Assert.InRange(sink.Allocating, 0, (packets - CountingSink.WarmUp) / 4);
    }

    [Fact]
    public async Task Calls_after_the_end_are_refused_and_do_not_hang()
    {
        var host = await MediaHost.StartAsync();
        var media = host.Media;
        await host.DisposeAsync();
        await AssertCodeAsync("closed", () => media.OpenRoomAsync("late", Token));
        await AssertCodeAsync("room_not_found", () => media.LeaveAsync(MediaHost.Room, "teacher", Token));
    }

    private static async Task AssertCodeAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<MediaException>(call)).Code);

    [Fact]
    public async Task Who_speaks_is_told_and_only_the_loudest_are_forwarded_but_the_recording_has_all()
    {
        await using var host = await MediaHost.StartAsync(loudestVoices: 1);
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var loud = await host.PublishAsync("loud", group: "a");
        using var quiet = await host.PublishAsync("quiet", group: "b");
        using var viewer = await host.ViewAsync("viewer", group: "b");
        var recorded = new Sink();
        var sound = observer.Publications.Single(p => p.ParticipantId == "quiet" && p.Kind == MediaKind.Audio);
        using var recording = await host.Media.AttachSinkAsync(MediaHost.Room, sound.Id, recorded, Token);
        while (await observer.NextAsync() != "added b VP8")
        {
        }

        var sequence = 1;
        await MediaHost.UntilAsync(() =>
        {
            loud.SendRtp(Packets.Audio(sequence, level: -20));
            quiet.SendRtp(Packets.Audio(sequence++, level: -70));
            while (viewer.TryReceiveRtp(out _))
            {
            }

            return observer.Speakers.Contains("loud");
        });
        var before = sequence;
        quiet.SendRtp(Packets.Audio(sequence++, level: -70));
        quiet.SendRtp(Packets.Video(1, key: true));

        while (Packets.Parse(await recorded.PacketAsync()).SequenceNumber != before)
        {
        }

        // Its picture arrives, its sound before that does not.
        Assert.Equal(96, Packets.Parse(await viewer.ReceiveRtpAsync()).PayloadType);
    }
}
