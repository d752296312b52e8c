using System.Net;
using System.Net.Sockets;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Tests.Reach;

/// <summary>Peers that come by TCP, over real connections of the loopback interface.</summary>
public sealed class TcpTests
{
    [Theory]
    [InlineData(1, true, false)]
    [InlineData(1, false, true)]
    [InlineData(3, true, true)]
    public async Task Media_flows_by_tcp_both_ways(int loops, bool publisherByTcp, bool viewerByTcp)
    {
        await using var host = await MediaHost.StartAsync(loops);
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(publisherByTcp));
        using var viewer = await host.ViewAsync("pupil", link: new PeerLink(viewerByTcp));

        for (var i = 0; i < 40; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0, payload: i % 10 == 9 ? 300 : 1100 + (i % 2)));
        }

        ushort first = 0;
        for (var i = 0; i < 40; i++)
        {
            var packet = Packets.Parse(await viewer.ReceiveRtpAsync());
            first = i == 0 ? packet.SequenceNumber : first;
            Assert.Equal((ushort)(first + i), packet.SequenceNumber);
        }

        Assert.Equal((publisherByTcp ? 1 : 0) + (viewerByTcp ? 1 : 0), host.Counters.Streams);
        Assert.Equal(0, host.Counters.SendErrors);
    }

    [Fact]
    public async Task Tcp_candidates_are_passive_and_come_after_all_others()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        var token = TestContext.Current.CancellationToken;
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", publisher.PublishOffer(), MediaHost.Groups("camera"), token);
        Assert.True(SdpDocument.TryParse(answer.Sdp, out var document));
        var candidates = document.Sections[0].Attributes.Where(a => a.Name == "candidate").Select(a => a.Value.Split(' ')).ToList();

        Assert.Equal(["udp 127.0.0.1", "udp ::1", "tcp 127.0.0.1", "tcp ::1"], candidates.Select(c => $"{c[2]} {c[4]}"));
        Assert.Equal(candidates, candidates.OrderByDescending(c => uint.Parse(c[3])));
        Assert.Single(candidates.Select(c => c[5]).Distinct());
        Assert.Equal(["tcptype", "passive"], candidates[^1][^2..]);
    }

    [Fact]
    public async Task A_connection_of_a_closed_transport_is_closed()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(tcp: true));
        await host.Media.LeaveAsync(MediaHost.Room, "teacher", TestContext.Current.CancellationToken);
        await MediaHost.UntilAsync(() => host.Counters.Streams == 0);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0000\u0004abcd")]
    [InlineData("\u0000\u0000")]
    public async Task A_connection_that_does_not_begin_with_a_check_is_closed(string text)
    {
        await using var host = await MediaHost.StartAsync();
        using var socket = Connect(host);
        socket.Send(System.Text.Encoding.Latin1.GetBytes(text));

        await AssertClosedAsync(socket);
        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.BadStream] == 1);
        await MediaHost.UntilAsync(() => host.Counters.Streams == 0);
    }

    [Fact]
    public async Task A_check_for_nobody_closes_its_connection_at_once()
    {
        await using var host = await MediaHost.StartAsync();
        using var link = new PeerLink(tcp: true);
        link.Connect(new IPEndPoint(IPAddress.Loopback, host.Counters.Port));
        link.Send(Checks.Request("00aaaaaa:them", "0123456789012345678901"));

        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.BadStream] == 1);
        await MediaHost.UntilAsync(() => host.Counters.Streams == 0);
    }

    [Fact]
    public async Task A_check_with_a_wrong_password_lets_nobody_stay()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var link = new PeerLink(tcp: true);
        link.Connect((IPEndPoint)publisher.ServerAddress);
        link.Send(Checks.Request($"{publisher.Server!.Ufrag}:them", "0123456789012345678901"));

        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.UnknownStun] == 1);
        await MediaHost.UntilAsync(() => host.Counters.Streams == 0);
    }

    [Fact]
    public async Task Connections_that_say_nothing_give_way_to_new_ones()
    {
        await using var host = await MediaHost.StartAsync();
        var silent = Enumerable.Range(0, 300).Select(_ => Connect(host)).ToList();
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(tcp: true));

        Assert.True(host.Counters.Refused[Refusal.TooManyStreams] >= 300 + 1 - 256);
        Assert.InRange(host.Counters.Streams, 1, 257);
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_frame_longer_than_any_datagram_ends_its_connection()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher", link: new PeerLink(tcp: true));
        publisher.SendRaw(new byte[1501]);
        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.BadStream] == 1);
        await MediaHost.UntilAsync(() => host.Counters.Streams == 0);
    }

    [Fact]
    public async Task A_viewer_that_does_not_read_loses_packets_and_holds_up_nobody()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var stuck = await host.ViewAsync("stuck", link: new PeerLink(tcp: true));
        using var viewer = await host.ViewAsync("pupil");
        publisher.SendRtp(Packets.Video(0, key: true));
        await viewer.ReceiveRtpAsync();
        stuck.StopReading();

        for (var i = 1; host.Counters.Refused[Refusal.SlowReader] == 0; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: false));
            await viewer.ReceiveRtpAsync();
        }
    }

    private static Socket Connect(MediaHost host)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, host.Counters.Port);
        return socket;
    }

    private static async Task AssertClosedAsync(Socket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[16], limit.Token));
        }
        catch (SocketException exception)
        {
            Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        }
    }
}
