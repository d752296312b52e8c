using System.Net;
using Classroom.MediaServer.Tests.Support;

namespace Classroom.MediaServer.Tests.Reach;

/// <summary>Strangers flood the port while a lesson is on. The figures of delay are in <see cref="FloodFigures"/>.</summary>
public sealed class FloodTests
{
    private const int Packets = 100;
    private const int StrangersPerPacket = 100;

    public static TheoryData<FloodKind> Kinds => [.. Enum.GetValues<FloodKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_lesson_loses_nothing_and_what_strangers_sent_leaves_nothing_behind(FloodKind kind)
    {
        await using var host = await MediaHost.StartAsync(loops: 2);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        using var flood = new Flood(kind, (IPEndPoint)publisher.ServerAddress, publisher.Server!.Ufrag);
        publisher.SendRtp(Support.Packets.Video(0, key: true));
        var first = Support.Packets.Parse(await viewer.ReceiveRtpAsync()).SequenceNumber;
        var before = Refused(host);

        for (var i = 1; i <= Packets; i++)
        {
            flood.Send(StrangersPerPacket);
            publisher.SendRtp(Support.Packets.Video(i, key: false));
            Assert.Equal((ushort)(first + i), Support.Packets.Parse(await viewer.ReceiveRtpAsync()).SequenceNumber);
        }

        await MediaHost.UntilAsync(() => Refused(host) - before == flood.Sent);
        Assert.Equal(2, host.Counters.Transports);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Strangers_cost_no_memory(FloodKind kind)
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var flood = new Flood(kind, (IPEndPoint)publisher.ServerAddress, publisher.Server!.Ufrag);
        flood.Send(1000);
        await MediaHost.UntilAsync(() => Refused(host) >= flood.Sent);

        var before = await host.AllocatedByLoopAsync();
        for (var i = 0; i < 20; i++)
        {
            flood.Send(500);
            await MediaHost.UntilAsync(() => Refused(host) >= flood.Sent);
        }

        // Reports and pings of some seconds may be among it, never something for each datagram.
        Assert.InRange(await host.AllocatedByLoopAsync() - before, 0, 10_000 * 8);
    }

    private static long Refused(MediaHost host) => host.Counters.Refused.Values.Sum();
}
