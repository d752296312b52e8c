using System.Net;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Tests.Reach;

/// <summary>What one peer, or somebody who knows its name, can ask of the server in a second.</summary>
public sealed class LimitTests
{
    [Fact]
    public void A_bucket_gives_its_burst_at_once_and_its_rate_from_then_on()
    {
        var bucket = new TokenBucket(perSecond: 50, burst: 100);
        var now = Instant.FromMilliseconds(5000);
        Assert.Equal(100, Enumerable.Range(0, 1000).Count(_ => bucket.TryTake(now)));
        Assert.Equal(50, Enumerable.Range(0, 10_000).Count(i => bucket.TryTake(now + TimeSpan.FromMilliseconds((i + 1) * 0.1))));
        Assert.Equal(100, Enumerable.Range(0, 1000).Count(_ => bucket.TryTake(now + TimeSpan.FromHours(1))));
    }

    [Fact]
    public async Task Checks_under_a_name_that_somebody_overheard_are_few_and_leave_the_peer_its_own()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var stranger = new PeerLink();
        stranger.Connect((IPEndPoint)publisher.ServerAddress);
        var check = Checks.Request($"{publisher.Server!.Ufrag}:them", "0123456789012345678901");
        while (host.Counters.Refused[Refusal.TooManyChecks] == 0)
        {
            stranger.Send(check);
        }

        var answered = host.Counters.PacketsOut;
        await publisher.CheckAsync();
        Assert.True(host.Counters.PacketsOut > answered);
    }

    [Fact]
    public async Task Handshake_records_of_one_peer_are_bounded_and_its_session_goes_on()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        var hello = new byte[300];
        (hello[0], hello[1], hello[2]) = (22, 0xFE, 0xFD);
        while (host.Counters.Refused[Refusal.TooManyHandshakes] == 0)
        {
            publisher.SendRaw(hello);
        }

        publisher.SendRtp(Packets.Video(1, key: true));
        Assert.Equal(96, Packets.Parse(await viewer.ReceiveRtpAsync()).PayloadType);
    }

    [Fact]
    public async Task Reports_past_any_honest_rate_are_dropped_unread()
    {
        await using var host = await MediaHost.StartAsync();
        using var viewer = await ViewerAsync(host);
        while (host.Counters.Refused[Refusal.TooManyReports] == 0)
        {
            viewer.SendRtcp([0x80, 201, 0, 1, 0, 0, 0, 1]);
        }
    }

    [Fact]
    public async Task A_compound_of_more_packets_than_anybody_sends_is_read_no_further()
    {
        await using var host = await MediaHost.StartAsync();
        using var viewer = await ViewerAsync(host);
        viewer.SendRtcp([.. Enumerable.Repeat<byte[]>([0x80, 201, 0, 1, 0, 0, 0, 1], 65).SelectMany(p => p)]);
        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.TooManyReports] == 1);
    }

    [Fact]
    public async Task One_datagram_brings_back_at_most_three_hundred_packets_however_it_asks()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        ushort first = 0;
        uint ssrc = 0;
        for (var i = 0; i < 500; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0, payload: 100));
            var packet = Read(await viewer.ReceiveRtpAsync());
            (first, ssrc) = i == 0 ? (packet.Sequence, packet.Ssrc) : (first, ssrc);
        }

        var writer = new RtcpWriter(new byte[1200]);
        for (var part = 0; part < 5; part++)
        {
            Assert.True(writer.WriteNack(1, ssrc, [.. Enumerable.Range(part * 100, 100).Select(i => (ushort)(first + i))]));
        }

        // The next report is read after the first is done with.
        var seen = host.Counters.DatagramsIn;
        viewer.SendRtcp(writer.Written);
        viewer.SendRtcp([0x80, 201, 0, 1, 0, 0, 0, 1]);
        await MediaHost.UntilAsync(() => host.Counters.DatagramsIn > seen + 1);
        await MediaHost.UntilAsync(() => host.Counters.Repeated + host.Counters.Refused[Refusal.RepeatTooLate] >= 300);
        Assert.Equal(300, host.Counters.Repeated + host.Counters.Refused[Refusal.RepeatTooLate]);
    }

    [Fact]
    public async Task Sources_past_the_limit_are_refused_and_the_first_go_on()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Video(0, key: true));
        var (type, ssrc, next) = Read(await viewer.ReceiveRtpAsync());
        for (var i = 1; i < SrtpContext.MaxInboundSsrcs + 36; i++)
        {
            var packet = Packets.Audio(1);
            packet[9] = (byte)i;
            publisher.SendRtp(packet);
        }

        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.TooManySources] == 36);
        publisher.SendRtp(Packets.Video(1, key: false));
        while (true)
        {
            // Between them is audio of the sources that were let in.
            var packet = Read(await viewer.ReceiveRtpAsync());
            if (packet.Type == type)
            {
                Assert.Equal((ssrc, (ushort)(next + 1)), (packet.Ssrc, packet.Sequence));
                return;
            }
        }
    }

    [Fact]
    public async Task Rooms_participants_connections_and_tracks_past_the_limits_are_refused_by_name()
    {
        var token = TestContext.Current.CancellationToken;
        await using var host = await MediaHost.StartAsync(configure: options =>
            (options.MaxRooms, options.MaxParticipants, options.MaxTransports, options.MaxPublications) = (1, 3, 2, 3));
        using var teacher = await host.PublishAsync("teacher");
        using var pupil = await host.ViewAsync("pupil");
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("late", null), null, token);

        await AssertReachedAsync(() => host.Media.OpenRoomAsync("another", token));
        await AssertReachedAsync(() => host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("later", null), null, token));
        await AssertReachedAsync(() => host.Media.SubscribeAsync(MediaHost.Room, "late", [], token));
        await AssertReachedAsync(() => host.Media.PublishAsync(MediaHost.Room, "late", pupil.PublishOffer(), MediaHost.Groups("second"), token));
        Assert.Equal(3, host.Counters.Refused[Refusal.LimitReached]);

        // What is there stays, and a place that is given up may be taken.
        await host.Media.OpenRoomAsync(MediaHost.Room, token);
        await host.Media.LeaveAsync(MediaHost.Room, "pupil", token);
        await host.Media.SubscribeAsync(MediaHost.Room, "late", [], token);
    }

    private static async Task AssertReachedAsync(Func<Task> call) => Assert.Equal("limit_reached", (await Assert.ThrowsAsync<MediaException>(call)).Code);

    private static (byte Type, uint Ssrc, ushort Sequence) Read(byte[] packet)
    {
        var parsed = Packets.Parse(packet);
        return (parsed.PayloadType, parsed.Ssrc, parsed.SequenceNumber);
    }

    private static async Task<TestPeer> ViewerAsync(MediaHost host)
    {
        using var publisher = await host.PublishAsync("teacher");
        return await host.ViewAsync("pupil");
    }
}
