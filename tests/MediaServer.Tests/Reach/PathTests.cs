using System.Net;
using Classroom.MediaServer.Tests.Support;

namespace Classroom.MediaServer.Tests.Reach;

/// <summary>Peers whose way to the server changes, over real sockets of the loopback interface.</summary>
public class PathTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public async Task A_peer_behind_a_NAT_that_forgot_it_goes_on_from_another_port(int loops, bool tcp)
    {
        await using var host = await MediaHost.StartAsync(loops);
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(tcp));
        using var viewer = await host.ViewAsync("pupil", link: new PeerLink(tcp));
        await ForwardAsync(publisher, viewer, 0);

        await viewer.MoveAsync();
        await ForwardAsync(publisher, viewer, 1);
        await publisher.MoveAsync();
        await ForwardAsync(publisher, viewer, 2);
    }

    [Fact]
    public async Task Checks_for_consent_alone_do_not_move_a_path_whose_address_was_just_heard()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        await ForwardAsync(publisher, viewer, 0);
        await viewer.MoveAsync(nominates: false);
        var before = host.Counters.PacketsOut;
        publisher.SendRtp(Packets.Video(1, key: false));

        // It goes to the old address, where nobody is any more.
        await MediaHost.UntilAsync(() => host.Counters.PacketsOut > before);
        Assert.False(viewer.TryReceiveRtp(out _));
    }

    [Fact]
    public async Task Over_IPv6_media_flows_both_ways()
    {
        await using var host = await MediaHost.StartAsync(2);
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(local: IPAddress.IPv6Loopback));
        using var byDatagrams = await host.ViewAsync("pupil-1", link: new PeerLink(local: IPAddress.IPv6Loopback));
        using var byConnection = await host.ViewAsync("pupil-2", link: new PeerLink(tcp: true, IPAddress.IPv6Loopback));
        using var byIPv4 = await host.ViewAsync("pupil-3");
        publisher.SendRtp(Packets.Video(0, key: true));

        foreach (var viewer in new[] { byDatagrams, byConnection, byIPv4 })
        {
            Assert.Equal(96, Packets.Parse(await viewer.ReceiveRtpAsync()).PayloadType);
        }
    }

    [Fact]
    public async Task A_publisher_that_restarts_ICE_keeps_its_publications_and_its_keys()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        await ForwardAsync(publisher, viewer, 0);

        publisher.NewCredentials();
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", publisher.PublishOffer(), MediaHost.Groups("camera"), Token);
        await ForwardAsync(publisher, viewer, 1);
        await publisher.RestartAsync(answer.Sdp);
        await publisher.MoveAsync();
        await ForwardAsync(publisher, viewer, 2);
        Assert.Equal(2, observer.Publications.Count);
        Assert.Equal(2, host.Counters.Transports);
    }

    [Fact]
    public async Task A_restart_that_the_server_offers_to_a_subscriber_moves_it_to_its_new_network()
    {
        await using var host = await MediaHost.StartAsync();
        var observer = new Observer();
        using var watching = host.Media.Observe(observer);
        using var publisher = await host.PublishAsync("teacher");
        using var page = new TestPeer();
        var listener = new Listener();
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("pupil", null), listener, Token);
        await host.Media.SubscribeAsync(MediaHost.Room, "pupil", [.. observer.Publications.Select(p => p.Id)], Token);
        var first = await listener.OfferAsync();
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, "pupil", first.Revision, page.AnswerTo(first.Sdp), Token);
        await page.ConnectAsync(first.Sdp);
        await ForwardAsync(publisher, page, 0);

        await host.Media.RestartSubscribeAsync(MediaHost.Room, "pupil", Token);
        var second = await listener.OfferAsync();
        await ForwardAsync(publisher, page, 1);
        page.NewCredentials();
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, "pupil", second.Revision, page.AnswerTo(second.Sdp), Token);
        await page.RestartAsync(second.Sdp);
        await page.MoveAsync();
        await ForwardAsync(publisher, page, 2);
        Assert.DoesNotContain(listener.States, s => s.State == TransportState.Closed);
    }

    [Fact]
    public async Task However_often_a_peer_restarts_its_path_in_use_goes_on()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        var names = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            var fragment = await host.Media.PatchAsync(
                MediaHost.Room, "teacher", TransportKind.Publish, $"a=ice-ufrag:them{i:00}\r\na=ice-pwd:0123456789012345678901\r\n", Token);
            names.Add(fragment!.Split("a=ice-ufrag:")[1].Split('\r')[0]);
        }

        using var stranger = new PeerLink();
        stranger.Connect((IPEndPoint)publisher.ServerAddress);
        var before = host.Counters.Refused[Refusal.UnknownStun];
        names.ForEach(name => stranger.Send(Checks.Request(name + ":them", "0123456789012345678901")));

        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.UnknownStun] == before + names.Count);

        // The path in use is that of the very first name, and goes on.
        await publisher.MoveAsync();
    }

    private static async Task ForwardAsync(TestPeer publisher, TestPeer viewer, int number)
    {
        publisher.SendRtp(Packets.Video(number, key: true));
        var received = await viewer.ReceiveRtpAsync();
        Assert.Equal(Packets.Parse(Packets.Video(number, key: true)).Payload, Packets.Parse(received).Payload);
    }
}
