using System.Net;
using Classroom.MediaServer.Network;
using Classroom.MediaServer.Tests.Support;

namespace Classroom.MediaServer.Tests.Reach;

/// <summary>Hosts of several addresses, of which the system would choose another one for an answer.</summary>
public sealed class AddressTests
{
    private static readonly IPAddress s_second = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress s_third = IPAddress.Parse("127.0.0.3");

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public async Task Answers_and_media_leave_from_the_address_at_which_a_peer_came_in(int loops, bool joinRuns)
    {
        await using var host = await StartAsync(loops, joinRuns);
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(server: s_third));
        using var first = await host.ViewAsync("pupil-1", link: new PeerLink(server: IPAddress.Loopback));
        using var second = await host.ViewAsync("pupil-2", link: new PeerLink(server: s_second));
        for (var i = 0; i < 30; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0, payload: i % 10 == 9 ? 300 : 1100));
        }

        await publisher.ReceiveRtcpAsync();
        foreach (var viewer in new[] { first, second })
        {
            for (var i = 0; i < 30; i++)
            {
                await viewer.ReceiveRtpAsync();
            }
        }

        Assert.Equal((0, 0), (host.Counters.SendErrors, host.Counters.RunsRefused));
    }

    [Fact]
    public async Task A_peer_that_nominates_another_address_of_ours_is_sent_to_from_there()
    {
        await using var host = await StartAsync(loops: 1, joinRuns: true);
        var link = new PeerLink();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil", link: link);
        publisher.SendRtp(Packets.Video(0, key: true));
        await viewer.ReceiveRtpAsync();

        link.Prefer(s_second);
        await viewer.CheckAsync();
        publisher.SendRtp(Packets.Video(1, key: false));
        await viewer.ReceiveRtpAsync();
    }

    [Theory]
    [InlineData("203.0.113.5 203.0.113.6")]
    [InlineData("203.0.113.5 school.example 2001:db8::1 2001:db8::2")]
    public void Several_addresses_of_a_kind_are_noticed(string configured) => Assert.True(NetworkAddresses.AreSeveral(configured.Split(' ')));

    private static Task<MediaHost> StartAsync(int loops, bool joinRuns) =>
        MediaHost.StartAsync(loops, joinRuns, configure: o => o.PublicAddresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]);
}
