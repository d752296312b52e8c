using System.Buffers.Binary;
using System.Text;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Tests.Codecs;

namespace Classroom.MediaServer.Tests;

/// <summary>AV1 in two spatial and two temporal layers over real sockets: layers by dependency descriptor.</summary>
public class DescriptorTests
{
    private const uint Ssrc = TestPeer.VideoSsrc;
    private int _sequence;
    private ushort _frame = 65_500;
    private uint _time;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_gets_the_layers_it_shows_and_is_told_which_are_left()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { Picture = "AV1", LineReports = "transport-cc" });
        var id = await VideoIdAsync(host);
        var watch = new Watch(viewer);

        await UntilAsync(publisher, () => watch.Read() && watch.Last is { Spatial: 1 });
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", Wish(id, 180), Token);
        await UntilAsync(publisher, () => watch.Read() && watch.Active == 0b0011);
        Assert.All(watch.Since(0b0011), d => Assert.Equal(0, d.Spatial));
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", Wish(id, 0), Token);
        await UntilAsync(publisher, () => watch.Read() && watch.Last is { Spatial: 1 } && watch.Active == 0b1111);
        watch.AssertUnbroken();
    }

    [Fact]
    public async Task A_viewer_without_descriptors_gets_the_lowest_layer_only()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { Picture = "AV1", IsDescribed = false });
        var pictures = 0;
        await UntilAsync(publisher, () =>
        {
            while (viewer.TryReceiveRtp(out var packet))
            {
                // The layer is the first byte of the made payload's rest.
                Assert.False(Packets.Parse(packet!).HasExtensions);
                Assert.Equal(0, Packets.Parse(packet!).Payload[1]);
                Assert.True(Packets.Parse(packet!).Marker);
                pictures++;
            }

            return pictures > 20;
        });
    }

    [Fact]
    public async Task Of_several_encodings_each_is_thinned_in_time()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = new TestPeer { Picture = "AV1" };
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("teacher", null), null, Token);
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", publisher.SimulcastOffer("q f"), MediaHost.Groups("camera"), Token);
        await publisher.ConnectAsync(answer.Sdp);
        using var viewer = await ViewAsync(host, new TestPeer { Picture = "AV1", LineReports = "transport-cc" });
        var id = await VideoIdAsync(host);
        var watch = new Watch(viewer);

        await UntilAsync(publisher, () => watch.Read() && watch.Last is { Temporal: 1 }, SendEncodings);
        await host.Media.SetLayersAsync(MediaHost.Room, "pupil", new Dictionary<string, LayerWish>(StringComparer.Ordinal) { [id] = new(0, MaxTemporal: 0) }, Token);
        await UntilAsync(publisher, () => watch.Read() && watch.Since(0b0101).Count() > 20, SendEncodings);
        Assert.All(watch.Since(0b0101), d => Assert.Equal(0, d.Temporal));
        watch.AssertUnbroken();
    }

    [Fact]
    public async Task A_repeat_has_the_descriptor_of_the_packet()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { Picture = "AV1", LineReports = "transport-cc" });
        byte[]? first = null;
        byte[]? repeat = null;
        await UntilAsync(publisher, () =>
        {
            while (viewer.TryReceiveRtp(out var data))
            {
                var packet = Packets.Parse(data!);
                first ??= packet.PayloadType == 45 ? data : null;
                repeat ??= packet.PayloadType == 97 && packet.Payload.Length > 2 ? data : null;
            }

            if (first is not null)
            {
                Ask(viewer, Packets.Parse(first));
            }

            return repeat is not null;
        });

        Assert.Equal(Packets.Parse(first!).SequenceNumber, BinaryPrimitives.ReadUInt16BigEndian(Packets.Parse(repeat!).Payload));
        Assert.True(Packets.Parse(first!).TryGetExtension(TestPeer.DescriptorExtension, out var sent));
        Assert.True(Packets.Parse(repeat!).TryGetExtension(TestPeer.DescriptorExtension, out var again));
        Assert.True(sent.SequenceEqual(again));
    }

    private static Dictionary<string, LayerWish> Wish(string id, int height) => new(StringComparer.Ordinal) { [id] = new LayerWish(height) };

    private static async Task<TestPeer> PublishAsync(MediaHost host)
    {
        var peer = new TestPeer { Picture = "AV1" };
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("teacher", null), null, Token);
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", peer.PublishOffer(), MediaHost.Groups("camera"), Token);
        await peer.ConnectAsync(answer.Sdp);
        return peer;
    }

    private static async Task<TestPeer> ViewAsync(MediaHost host, TestPeer peer)
    {
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("pupil", null), null, Token);
        var answer = await host.Media.SubscribeByOfferAsync(MediaHost.Room, "pupil", peer.ViewOffer(), "camera", Token);
        await peer.ConnectAsync(answer.Sdp);
        return peer;
    }

    private static async Task<string> VideoIdAsync(MediaHost host) =>
        (await host.Media.GetStatisticsAsync(MediaHost.Room, Token))!.Publications.Single(p => p.Kind == MediaKind.Video).PublicationId;

    private static void Ask(TestPeer viewer, RtpPacket lost)
    {
        var buffer = new byte[256];
        var writer = new RtcpWriter(buffer);
        writer.WriteReceiverReport(1);
        writer.WriteNack(1, lost.Ssrc, [lost.SequenceNumber]);
        viewer.SendRtcp(writer.Written);
    }

    // Real sockets run on real time: pictures come until what is expected was seen; the limit of the test ends it otherwise.
    private async Task UntilAsync(TestPeer publisher, Func<bool> seen, Action<TestPeer, bool, int>? send = null)
    {
        send ??= SendPicture;
        var isFirst = true;
        await MediaHost.UntilAsync(() =>
        {
            send(publisher, isFirst || IsKeyWanted(publisher), 0);
            send(publisher, false, 1);
            isFirst = false;
            return seen();
        });
    }

    private static bool IsKeyWanted(TestPeer publisher)
    {
        var wanted = false;
        while (publisher.TryReceiveRtcp(out var compound))
        {
            var reader = new RtcpReader(compound);
            while (reader.TryRead(out var packet))
            {
                wanted |= packet.TryGetPli(out _);
            }
        }

        return wanted;
    }

    private void SendPicture(TestPeer publisher, bool key, int temporal)
    {
        _time += 3000;
        for (var spatial = 0; spatial < 2; spatial++)
        {
            publisher.SendRtp(Packet(key, spatial, temporal, _sequence++, _frame++, Ssrc, isLast: spatial == 1, rid: ""));
        }
    }

    // Two encodings of one picture, the numbers of each its own, of layer 0 alone.
    private void SendEncodings(TestPeer publisher, bool key, int temporal)
    {
        _time += 3000;
        publisher.SendRtp(Packet(key, 0, temporal, _sequence, _frame, SimulcastPeer.FirstSsrc, isLast: true, rid: "q"));
        publisher.SendRtp(Packet(key, 0, temporal, _sequence++ + 500, (ushort)(_frame++ + 9000), SimulcastPeer.FirstSsrc + 1, isLast: true, rid: "f"));
    }

    private byte[] Packet(bool key, int spatial, int temporal, int sequence, ushort frame, uint ssrc, bool isLast, string rid)
    {
        var data = key && spatial == 0
            ? Descriptors.WithStructure(frame)
            : Descriptors.Plain(Descriptors.Template(spatial, temporal, key), frame);
        var packet = new byte[400];
        RtpWriter.WriteHeader(packet, 45, isLast, (ushort)sequence, _time, ssrc);
        var extensions = new RtpExtensionWriter(packet, twoByte: true);
        extensions.TryAdd(TestPeer.DescriptorExtension, data);
        if (rid.Length > 0)
        {
            extensions.TryAdd(4, "1"u8);
            extensions.TryAdd(10, Encoding.ASCII.GetBytes(rid));
        }

        var start = extensions.Finish();
        // W: one element; N: a coded video sequence begins.
        packet[start] = (byte)(key && spatial == 0 ? 0x18 : 0x10);
        packet[start + 1] = (byte)spatial;
        return packet;
    }

    /// <summary>Reads a viewer's descriptors as a decoder would.</summary>
    private sealed class Watch(TestPeer viewer)
    {
        private readonly DependencyReader _reader = new();
        private readonly SortedDictionary<long, (DependencyDescriptor Descriptor, uint Active)> _packets = [];
        private SequenceUnwrapper _unwrapper;

        public DependencyDescriptor? Last { get; private set; }

        public uint Active { get; private set; }

        public bool Read()
        {
            while (viewer.TryReceiveRtp(out var data))
            {
                var packet = Packets.Parse(data!);
                if (packet.PayloadType != 45)
                {
                    continue;
                }

                Assert.True(packet.TryGetExtension(TestPeer.DescriptorExtension, out var value));
                Assert.True(_reader.TryRead(value, out var descriptor));
                Active = descriptor.ActiveTargets ?? Active;
                Last = descriptor;
                _packets.Add(_unwrapper.Unwrap(packet.SequenceNumber), (descriptor, Active));
            }

            return Last is not null;
        }

        public IEnumerable<DependencyDescriptor> Since(uint active) => _packets.Values.Where(p => p.Active == active).Select(p => p.Descriptor);

        /// <summary>No number is missing, and frame numbers go up as the encoder gave them.</summary>
        public void AssertUnbroken()
        {
            var expected = _packets.Keys.First();
            ushort? before = null;
            foreach (var (sequence, (descriptor, _)) in _packets)
            {
                Assert.Equal(expected++, sequence);
                Assert.True(before is null || (short)(descriptor.FrameNumber - before) > 0);
                before = descriptor.FrameNumber;
            }
        }
    }
}
