using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Rtcp;

namespace Classroom.MediaServer.Tests.Branches;

/// <summary>A room over two loops: some viewers on its own, the others on a branch.</summary>
public sealed class BranchTests
{
    private const int OnOwnLoop = 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewers_on_both_loops_get_everything_once_and_in_order_and_each_loop_sends_its_share()
    {
        const int pairs = 500;
        await using var host = await StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        var viewers = new List<TestPeer>();
        for (var i = 0; i < OnOwnLoop * 2; i++)
        {
            viewers.Add(await host.ViewAsync($"pupil-{i}"));
        }

        var before = host.Counters;
        var watches = viewers.ConvertAll(v => new Watch(v));
        for (var i = 0; i < pairs; i++)
        {
            publisher.SendRtp(Packets.Video(65_400 + i, key: i == 0, payload: 600 + i));
            publisher.SendRtp(Packets.Audio(i));
            if (i % 25 == 24)
            {
                await Task.WhenAll(watches.Select(w => w.ReadAsync(i + 1)));
            }
        }

        var after = host.Counters;
        Assert.Equal(2 * pairs, after.Loops.Sum(l => l.Relayed) - before.Loops.Sum(l => l.Relayed));
        Assert.All(after.Loops.Zip(before.Loops), l => Assert.InRange(l.First.PacketsOut - l.Second.PacketsOut, OnOwnLoop * pairs * 2, (OnOwnLoop * pairs * 2) + 200));
        Assert.Equal(0, after.Refused[Refusal.RelayFull]);
        viewers.ForEach(v => v.Dispose());
    }

    [Fact]
    public async Task A_small_room_stays_on_its_loop_and_passes_nothing_on()
    {
        await using var host = await MediaHost.StartAsync(loops: 2);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Video(1, key: true));
        await viewer.ReceiveRtpAsync();
        Assert.All(host.Counters.Loops, l => Assert.Equal(0, l.Relayed));
        Assert.Empty(host.Loop.Rooms[MediaHost.Room].OtherAudiences);
    }

    [Fact]
    public async Task A_branch_that_does_not_keep_up_drops_counts_and_goes_on_at_a_key_frame()
    {
        await using var host = await StartAsync();

        // A TCP connection is the room's own loop's business alone: nothing of it has to pass the loop that hangs.
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(tcp: true));
        using var own = await host.ViewAsync("own");
        using var second = await host.ViewAsync("second");
        using var far = await host.ViewAsync("far");
        publisher.SendRtp(Packets.Video(0, key: true));
        var last = Packets.Parse(await far.ReceiveRtpAsync()).SequenceNumber;
        await own.ReceiveRtpAsync();

        var sequence = 1;
        using (var gate = new Gate(host.Loop.Others[0]))
        {
            while (host.Counters.Refused[Refusal.RelayFull] == 0)
            {
                // Those on the room's own loop do not notice.
                publisher.SendRtp(Packets.Video(sequence++, key: false, payload: 300));
                await own.ReceiveRtpAsync();
            }
        }

        var begun = false;
        await MediaHost.UntilAsync(() =>
        {
            publisher.SendRtp(Packets.Video(sequence, key: AsksForKeyframe(publisher), payload: 400, timestamp: (uint)(9000 + (sequence++ * 3000))));
            while (far.TryReceiveRtp(out var data))
            {
                // Not a number is missing, and what came after the gap begins with a key frame.
                var packet = Packets.Parse(data!);
                Assert.Equal(++last, packet.SequenceNumber);
                Assert.True(begun || packet.Payload.Length == 300 || (packet.Payload[1] & 1) == 0);
                begun |= packet.Payload.Length == 400;
            }

            return begun;
        });
    }

    [Fact]
    public async Task What_a_branch_sends_late_can_be_asked_for_again_from_then_on()
    {
        var time = new LeapingTime();
        await using var host = await MediaHost.StartAsync(loops: 2, configure: o => (o.SplitAbove, o.SplitFrom) = (0, 0), time: time);
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(tcp: true));
        using var viewer = await host.ViewAsync("pupil", lineReports: "transport-cc");
        publisher.SendRtp(Packets.Video(0, key: true));
        await viewer.ReceiveRtpAsync();
        using (var gate = new Gate(host.Loop.Others[0]))
        {
            await gate.Closed;
            var before = host.Counters.Loops.Sum(l => l.Relayed);
            publisher.SendRtp(Packets.Video(1, key: false));
            await MediaHost.UntilAsync(() => host.Counters.Loops.Sum(l => l.Relayed) > before);
            time.Skip(TimeSpan.FromSeconds(3));
        }

        // What probes the line is empty.
        var late = await viewer.ReceiveRtpAsync();
        while (Packets.Parse(late).PayloadType != 96)
        {
            late = await viewer.ReceiveRtpAsync();
        }

        viewer.SendRtcp(Nack(Packets.Parse(late).Ssrc, Packets.Parse(late).SequenceNumber));
        var again = await viewer.ReceiveRtpAsync();
        while (Packets.Parse(again).Payload.IsEmpty)
        {
            again = await viewer.ReceiveRtpAsync();
        }

        Assert.Equal(Packets.Parse(late).Payload, Packets.Parse(again).Payload[2..]);
    }

    [Fact]
    public async Task Publishers_come_and_go_for_pages_on_both_loops()
    {
        await using var host = await StartAsync(onOwnLoop: 1);
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        var pages = new[] { new Page(host, "near"), new Page(host, "far") };
        await Task.WhenAll(pages.Select(p => p.JoinAsync()));
        for (var round = 0; round < 3; round++)
        {
            using var publisher = await host.PublishAsync($"teacher-{round}", group: $"seat-{round}");
            var video = observer.Publications.Last(p => p.Kind == MediaKind.Video);
            foreach (var page in pages)
            {
                await page.SubscribeAsync(video.Id);
            }

            publisher.SendRtp(Packets.Video(1, key: true, payload: 500 + round));
            foreach (var page in pages)
            {
                Assert.Equal(500 + round, Packets.Parse(await page.Peer.ReceiveRtpAsync()).Payload.Length);
            }

            await host.Media.LeaveAsync(MediaHost.Room, $"teacher-{round}", Token);
            foreach (var page in pages)
            {
                Assert.Empty(await page.SettleAsync());
            }
        }

        Array.ForEach(pages, p => p.Peer.Dispose());
    }

    [Fact]
    public async Task Viewers_who_go_and_rooms_that_close_leave_nothing_behind_on_any_loop()
    {
        await using var host = await StartAsync();
        for (var round = 0; round < 2; round++)
        {
            using var publisher = await host.PublishAsync("teacher");
            var viewers = new List<TestPeer>();
            for (var i = 0; i < OnOwnLoop * 2; i++)
            {
                viewers.Add(await host.ViewAsync($"pupil-{i}"));
            }

            await host.Media.LeaveAsync(MediaHost.Room, "pupil-0", Token);
            await host.Media.LeaveAsync(MediaHost.Room, $"pupil-{OnOwnLoop}", Token);
            await MediaHost.UntilAsync(() => host.Counters.Transports == 3);
            publisher.SendRtp(Packets.Video(1, key: true));
            await viewers[1].ReceiveRtpAsync();
            await viewers[OnOwnLoop + 1].ReceiveRtpAsync();
            Assert.Single(host.Loop.Others[0].Intakes);

            var other = host.Loop.Others[0];
            await host.Media.CloseRoomAsync(MediaHost.Room, Token);
            Assert.Equal(0, host.Counters.Transports);
            Assert.Empty(other.Intakes);
            await host.Media.OpenRoomAsync(MediaHost.Room, Token);
            viewers.ForEach(v => v.Dispose());
        }
    }

    [Fact]
    public async Task A_schools_ceiling_reaches_its_viewers_on_all_loops()
    {
        await using var host = await StartAsync(onOwnLoop: 1);
        using var publisher = await host.PublishAsync("teacher");
        var (near, far) = (new Listener(), new Listener());
        using var first = await host.ViewAsync("near", lineReports: "goog-remb", listener: near, school: "s");
        using var second = await host.ViewAsync("far", lineReports: "goog-remb", listener: far, school: "s");

        await host.Media.SetBandwidthAsync(MediaHost.Room, new BandwidthPlan { SchoolCeilings = new Dictionary<string, long> { ["s"] = 700_000 } }, Token);
        var sequence = 0;
        await MediaHost.UntilAsync(() =>
        {
            for (var i = 0; i < 2; i++)
            {
                publisher.SendRtp(Packets.Video(sequence, key: true, payload: 350, timestamp: (uint)(sequence * 900)));
                publisher.SendRtp(Packets.Audio(sequence++));
            }

            foreach (var viewer in new[] { first, second })
            {
                viewer.SendRemb(10_000_000);
            }

            return Array.TrueForAll([near, far], l => l.Limits?.Values.Contains(LimitReason.SchoolCeiling) == true);
        });
    }

    [Fact]
    public async Task Passing_on_and_forwarding_on_a_branch_allocate_nothing()
    {
        const int packets = 6000;
        await using var host = await StartAsync(onOwnLoop: 0);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        var (own, other) = (host.Loop, host.Loop.Others[0]);
        await SendAsync(publisher, viewer, 0, CountingSink.WarmUp);
        var before = (await MediaHost.AllocatedByAsync(own), await MediaHost.AllocatedByAsync(other));
        await SendAsync(publisher, viewer, CountingSink.WarmUp, packets);

        // Reports and pings of some seconds may be among it, never something for each packet.
        Assert.InRange(await MediaHost.AllocatedByAsync(own) - before.Item1, 0, packets * 8);
        Assert.InRange(await MediaHost.AllocatedByAsync(other) - before.Item2, 0, packets * 8);
    }

    private static Task<MediaHost> StartAsync(int onOwnLoop = OnOwnLoop) =>
        MediaHost.StartAsync(loops: 2, configure: o => (o.SplitAbove, o.SplitFrom) = (0, onOwnLoop));

    private static async Task SendAsync(TestPeer publisher, TestPeer viewer, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0));
            if (i % 50 == 49)
            {
                for (var k = 0; k < 50; k++)
                {
                    await viewer.ReceiveRtpAsync();
                }
            }
        }
    }

    private static bool AsksForKeyframe(TestPeer publisher)
    {
        var asks = false;
        while (publisher.TryReceiveRtcp(out var compound))
        {
            var reader = new RtcpReader(compound);
            while (reader.TryRead(out var packet))
            {
                asks |= packet.TryGetPli(out _);
            }
        }

        return asks;
    }

    private static byte[] Nack(uint ssrc, ushort sequence)
    {
        var writer = new RtcpWriter(new byte[100]);
        writer.WriteReceiverReport(1);
        writer.WriteNack(1, ssrc, [sequence]);
        return writer.Written.ToArray();
    }
}
