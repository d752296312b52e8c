using System.Net;
using System.Net.Sockets;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc;
using Classroom.Rtc.Sdp;
using Classroom.Rtc.Stun;

namespace Classroom.Server.Tests.BadInput;

/// <summary>Garbage at the media port while a camera and a viewer are at work.</summary>
[Collection(typeof(OpenSchoolCollection))]
public sealed class MediaPortTests(OpenSchool school)
{
    private const int Each = 50;

    public static TheoryData<string, string> Strange { get; } = new()
    {
        { "no known first byte", "UnknownDatagram" },
        { "one byte", "UnknownDatagram" },
        { "longer than any network's packets", "UnknownDatagram" },
        { "STUN cut off", "UnknownStun" },
        { "STUN for nobody here", "UnknownStun" },
        { "DTLS", "UnvalidatedAddress" },
        { "RTP", "UnvalidatedAddress" },
        { "RTCP", "UnvalidatedAddress" },
    };

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task What_strangers_send_is_dropped_and_counted_and_the_lesson_loses_nothing(string what, string reason)
    {
        var name = OpenSchool.NewName();
        using var camera = await school.PublishAsync(name);
        using var viewer = await school.ViewAsync(name);
        await StartAsync(camera, viewer);
        var before = await school.RefusedAsync();
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var port = camera.ServerAddress;

        for (var i = 1; i <= Each; i++)
        {
            stranger.SendTo(Make(what, i), port);
            camera.SendRtp(Packets.Video(i, key: false));
        }

        await ArriveAsync(viewer, Each);
        await CountedAsync(before, reason, Each);
        await school.StillWorksAsync();
    }

    [Theory]
    [InlineData("RTP", "Unauthentic")]
    [InlineData("RTCP", "Unauthentic")]
    [InlineData("RTP cut off", "Unauthentic")]
    [InlineData("no known first byte", "UnknownDatagram")]
    [InlineData("STUN cut off", "UnknownStun")]
    public async Task What_is_sent_from_a_camera_s_own_address_without_its_keys_is_dropped_and_counted(string what, string reason)
    {
        var name = OpenSchool.NewName();
        using var camera = await school.PublishAsync(name);
        using var viewer = await school.ViewAsync(name);
        await StartAsync(camera, viewer);
        var before = await school.RefusedAsync();

        for (var i = 1; i <= Each; i++)
        {
            camera.SendRaw(Make(what, i));
            camera.SendRtp(Packets.Video(i, key: false));
        }

        await ArriveAsync(viewer, Each);
        await CountedAsync(before, reason, Each);
        await school.StillWorksAsync();
    }

    [Fact]
    public async Task Broken_handshake_records_of_a_connected_camera_change_nothing()
    {
        var name = OpenSchool.NewName();
        using var camera = await school.PublishAsync(name);
        using var viewer = await school.ViewAsync(name);
        await StartAsync(camera, viewer);
        for (var i = 1; i <= Each; i++)
        {
            camera.SendRaw(Make("DTLS", i));
            camera.SendRtp(Packets.Video(i, key: false));
        }

        await ArriveAsync(viewer, Each);
        await school.StillWorksAsync();
    }

    [Fact]
    public async Task Whatever_bytes_strangers_send_each_datagram_is_counted_once()
    {
        var name = OpenSchool.NewName();
        using var camera = await school.PublishAsync(name);
        using var viewer = await school.ViewAsync(name);
        await StartAsync(camera, viewer);
        var before = await school.RefusedAsync();
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var port = camera.ServerAddress;
        var random = new Random(20);
        for (var i = 1; i <= 2000; i++)
        {
            var noise = new byte[random.Next(1, 1700)];
            random.NextBytes(noise);
            stranger.SendTo(noise, port);
            if (i % 20 == 0)
            {
                camera.SendRtp(Packets.Video(i / 20, key: false));
                await Task.Yield();
            }
        }

        await ArriveAsync(viewer, 100);
        await CountedAsync(before, null, 2000);
        await school.StillWorksAsync();
    }

    private static byte[] Make(string what, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[what == "longer than any network's packets" ? 2000 : 200];
        random.NextBytes(bytes);
        switch (what)
        {
            case "no known first byte":
                bytes[0] = 200;
                return bytes;
            case "one byte":
                return [128];
            case "longer than any network's packets":
                (bytes[0], bytes[1]) = (128, 96);
                return bytes;
            case "STUN cut off":
                return StunForNobody()[..^5];
            case "STUN for nobody here":
                return StunForNobody();
            case "DTLS":
                (bytes[0], bytes[1], bytes[2]) = (22, 0xFE, 0xFD);
                return bytes;
            case "RTCP":
                (bytes[0], bytes[1]) = (128, 200);
                return bytes;
            case "RTP cut off":
                return [128, 96, 0, 1, 2];
            default:
                (bytes[0], bytes[1]) = (128, 96);
                return bytes;
        }
    }

    private static byte[] StunForNobody()
    {
        Span<byte> buffer = stackalloc byte[StunWriter.MaxLength];
        Span<byte> id = stackalloc byte[12];
        var length = StunWriter.WriteBindingRequest(buffer, id, "nobody:here", "0123456789012345678901"u8, new IceCheck(100, 7, Controlling: true, UseCandidate: true));
        return buffer[..length].ToArray();
    }

    private static async Task StartAsync(TestPeer camera, TestPeer viewer)
    {
        // The viewer begins with a key frame, however often the camera has to send it.
        for (var patience = 0; !viewer.TryReceiveRtp(out _) && patience < 500; patience++)
        {
            camera.SendRtp(Packets.Video(0, key: true));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task ArriveAsync(TestPeer viewer, int count)
    {
        HashSet<ushort> seen = [];
        while (seen.Count < count)
        {
            seen.Add(Packets.Parse(await viewer.ReceiveRtpAsync()).SequenceNumber);
        }
    }

    /// <summary>Waits until the counter has grown by so many; by any reason when none is named.</summary>
    private async Task CountedAsync(Dictionary<string, long> before, string? reason, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var now = await school.RefusedAsync();
            var grown = now.Sum(entry => reason is null || entry.Key == reason ? entry.Value - before.GetValueOrDefault(entry.Key) : 0);
            if (grown == count)
            {
                return;
            }

            Assert.False(grown > count, $"{grown} counted of {count}");
            await Task.Delay(20, patience.Token);
        }
    }

}
