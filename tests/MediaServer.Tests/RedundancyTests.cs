using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;
using Classroom.VirtualNetwork;

namespace Classroom.MediaServer.Tests;

/// <summary>Sound with redundancy (RFC 2198) over real sockets: as it came for those who take it, plain for all others.</summary>
public class RedundancyTests
{
    private const byte Red = 63;
    private const int Count = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(111)]
    [InlineData(109)]
    public async Task A_receiver_that_takes_redundancy_gets_it_in_its_own_payload_types(byte soundType)
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { IsRedundant = true, SoundType = soundType });
        // A second one with other payload types: each writes its own into the shared packet.
        using var other = await ViewAsync(host, new TestPeer { IsRedundant = true, SoundType = 120 }, "other");
        for (var i = 0; i < Count; i++)
        {
            publisher.SendRtp(Packets.Redundant(i));
            var (packet, another) = (await viewer.ReceiveRtpAsync(), await other.ReceiveRtpAsync());
            Assert.Equal((Red, Red), (Packets.Parse(packet).PayloadType, Packets.Parse(another).PayloadType));
            AssertBlocks(packet, soundType, i);
            AssertBlocks(another, 120, i);
        }
    }

    [Fact]
    public async Task A_receiver_without_redundancy_gets_plain_sound()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer());
        await AssertPlainAsync(publisher, viewer, Packets.Redundant);
    }

    [Fact]
    public async Task Plain_sound_stays_plain_for_a_receiver_that_takes_redundancy()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { IsRedundant = true });
        await AssertPlainAsync(publisher, viewer, (sequence, _) => Packets.Audio(sequence));
    }

    [Fact]
    public async Task Sound_that_brings_something_else_along_goes_on_without_it()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { IsRedundant = true });
        await AssertPlainAsync(publisher, viewer, (sequence, _) =>
        {
            var packet = Packets.Redundant(sequence);
            packet[Packets.Parse(packet).HeaderLength] = 0x80 | 13;
            return packet;
        });
    }

    [Fact]
    public async Task A_page_is_offered_redundancy_and_gets_it()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var page = new TestPeer { IsRedundant = true };
        var listener = new Listener();
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("page", null), listener, Token);
        await host.Media.SubscribeAsync(MediaHost.Room, "page", [await SoundIdAsync(host)], Token);
        var offer = await listener.OfferAsync();
        Assert.Contains("SAVPF 111 63\r\n", offer.Sdp, StringComparison.Ordinal);
        Assert.Contains("a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n", offer.Sdp, StringComparison.Ordinal);
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, "page", offer.Revision, page.AnswerTo(offer.Sdp), Token);
        await page.ConnectAsync(offer.Sdp);
        publisher.SendRtp(Packets.Redundant(7));
        AssertBlocks(await page.ReceiveRtpAsync(), 111, 7);
    }

    [Theory]
    [InlineData(1, 0.2, 1, 3)]
    [InlineData(2, 0.3, 1, 4)]
    [InlineData(3, 0.3, 2, 5)]
    public async Task What_a_later_packet_brings_along_takes_its_place_once_for_everybody_and_is_not_asked_for(int earlier, double loss, double burst, int seed)
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer());
        var sink = new Sink();
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, await SoundIdAsync(host), sink, Token);
        var line = new LossProcess(loss, burst, new Random(seed));
        List<int> arrived = [0];
        publisher.SendRtp(Packets.Redundant(0, earlier));
        for (var i = 1; i <= 400; i++)
        {
            if (i == 400 || !line.Next())
            {
                publisher.SendRtp(Packets.Redundant(i, earlier));
                arrived.Add(i);
            }
        }

        var expected = Whole(arrived, earlier);
        Assert.True(expected.Count > arrived.Count + 20);
        List<byte[]> captured = [];
        while (captured.Count < expected.Count)
        {
            captured.Add(await sink.PacketAsync());
        }

        Assert.Equal(expected, captured.Select(p => (int)Packets.Parse(p).SequenceNumber).Order());
        Assert.All(captured, AssertIsSound);
        var heard = new List<byte[]>();
        await MediaHost.UntilAsync(() =>
        {
            while (viewer.TryReceiveRtp(out var packet))
            {
                heard.Add(packet!);
            }

            return heard.Count >= expected.Count;
        });
        var first = Packets.Parse(heard[0]).SequenceNumber;
        Assert.Equal(expected, heard.Select(p => (ushort)(Packets.Parse(p).SequenceNumber - first)).Select(n => (int)n));
        Assert.Equal(expected.Count - arrived.Count, host.Counters.BroughtBack);

        // What comes all the same, late or because it was asked for, is known already.
        var late = expected.Except(arrived).First(n => n > 300);
        publisher.SendRtp(Packets.Redundant(late, earlier));
        await MediaHost.UntilAsync(() => host.Counters.Refused.GetValueOrDefault(Refusal.Duplicate) == 1);
        Assert.False(sink.TryPacket(out _));
        Assert.Empty(Asked(publisher).Intersect(expected));
    }

    [Fact]
    public async Task Redundancy_allocates_nothing_whoever_takes_it_and_whatever_is_filled_in()
    {
        const int packets = 6000;
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { IsRedundant = true });
        using var other = await ViewAsync(host, new TestPeer(), "other");
        var sink = new CountingSink();
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, await SoundIdAsync(host), sink, Token);
        for (var i = 0; i < packets; i++)
        {
            if (i % 10 != 5)
            {
                publisher.SendRtp(Packets.Redundant(i));
            }

            if (i % 50 == 49)
            {
                await MediaHost.UntilAsync(() => sink.Packets == i + 1);
            }
        }

        // As for plain forwarding: now and then, never for each packet.
        Assert.InRange(sink.Allocating, 0, (packets - CountingSink.WarmUp) / 4);
        Assert.Equal(packets / 10, host.Counters.BroughtBack);
    }

    [Fact]
    public async Task Padding_under_the_type_of_redundancy_keeps_its_number_and_is_no_sound()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { IsRedundant = true });
        var sink = new Sink();
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, await SoundIdAsync(host), sink, Token);
        var padding = new byte[12 + 200];
        RtpWriter.WriteHeader(padding, Red, marker: false, 2, 960, TestPeer.AudioSsrc);
        RtpWriter.SetPaddingBit(padding, present: true);
        padding[^1] = 200;
        foreach (var packet in new[] { Packets.Redundant(1), padding, Packets.Redundant(3) })
        {
            publisher.SendRtp(packet);
        }

        var first = Packets.Parse(await viewer.ReceiveRtpAsync()).SequenceNumber;
        var second = Packets.Parse(await viewer.ReceiveRtpAsync());
        Assert.Equal((111, (ushort)(first + 1), 0), (second.PayloadType, second.SequenceNumber, second.Payload.Length));
        var third = Packets.Parse(await viewer.ReceiveRtpAsync());
        Assert.Equal((Red, (ushort)(first + 2)), (third.PayloadType, third.SequenceNumber));
        Assert.Equal([80, 0, 80], new[] { await sink.PacketAsync(), await sink.PacketAsync(), await sink.PacketAsync() }.Select(p => Packets.Parse(p).Payload.Length));
        Assert.Equal(0, host.Counters.BroughtBack);
    }

    [Fact]
    public async Task Redundancy_that_breaks_its_format_is_counted_and_dropped()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await PublishAsync(host);
        using var viewer = await ViewAsync(host, new TestPeer { IsRedundant = true });
        var cut = Packets.Redundant(1);
        var strange = Packets.Redundant(2, earlier: 0);
        strange[Packets.Parse(strange).HeaderLength] = 13;
        publisher.SendRtp(cut[..^81]);
        publisher.SendRtp(Packets.Redundant(3, RedPayload.MaxBlocks));
        publisher.SendRtp(strange);
        await MediaHost.UntilAsync(() => host.Counters.Refused[Refusal.BadRedundancy] == 3);
        publisher.SendRtp(Packets.Redundant(4));
        AssertBlocks(await viewer.ReceiveRtpAsync(), 111, 4);
    }

    // What came, and what lies between two packets that came and is among the last so many before the second.
    private static List<int> Whole(List<int> arrived, int earlier)
    {
        List<int> whole = [arrived[0]];
        for (var i = 1; i < arrived.Count; i++)
        {
            whole.AddRange(Enumerable.Range(arrived[i - 1] + 1, arrived[i] - arrived[i - 1]).Where(n => arrived[i] - n <= earlier));
        }

        return whole;
    }

    private static async Task AssertPlainAsync(TestPeer publisher, TestPeer viewer, Func<int, int, byte[]> packets)
    {
        ushort first = 0;
        for (var i = 0; i < Count; i++)
        {
            publisher.SendRtp(packets(i, 1));
            var packet = Packets.Parse(await viewer.ReceiveRtpAsync());
            first = i == 0 ? packet.SequenceNumber : first;
            Assert.Equal((111, (ushort)(first + i), (uint)(i * 960)), (packet.PayloadType, packet.SequenceNumber, packet.Timestamp));
            Assert.Equal(Packets.Parse(Packets.Audio(i)).Payload, packet.Payload);
        }
    }

    private static void AssertIsSound(byte[] data)
    {
        var packet = Packets.Parse(data);
        var original = Packets.Parse(Packets.Audio(packet.SequenceNumber));
        Assert.Equal((111, original.Timestamp, TestPeer.AudioSsrc), (packet.PayloadType, packet.Timestamp, packet.Ssrc));
        Assert.Equal(original.Payload, packet.Payload);
    }

    private static void AssertBlocks(byte[] data, byte soundType, int sequence)
    {
        Assert.True(RedPayload.TryParse(Packets.Parse(data).Payload, out var red));
        Assert.True(red.IsAll(soundType));
        Assert.Equal(960, red[0].TimestampOffset);
        Assert.Equal(Packets.Parse(Packets.Audio(sequence - 1)).Payload, red[0].Data);
        Assert.Equal(Packets.Parse(Packets.Audio(sequence)).Payload, red.Primary);
    }

    private static List<int> Asked(TestPeer publisher)
    {
        List<int> asked = [];
        while (publisher.TryReceiveRtcp(out var compound))
        {
            var reader = new RtcpReader(compound);
            while (reader.TryRead(out var packet))
            {
                if (packet.TryGetNack(out var nack))
                {
                    foreach (var sequence in nack)
                    {
                        asked.Add(sequence);
                    }
                }
            }
        }

        return asked;
    }

    private static async Task<string> SoundIdAsync(MediaHost host) =>
        (await host.Media.GetStatisticsAsync(MediaHost.Room, Token))!.Publications.Single(p => p.Kind == MediaKind.Audio).PublicationId;

    private static async Task<TestPeer> PublishAsync(MediaHost host)
    {
        var peer = new TestPeer { IsRedundant = true };
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo("teacher", null), null, Token);
        var answer = await host.Media.PublishAsync(MediaHost.Room, "teacher", peer.PublishOffer(), MediaHost.Groups("camera"), Token);
        Assert.Contains("SAVPF 63 111\r\n", answer.Sdp, StringComparison.Ordinal);
        await peer.ConnectAsync(answer.Sdp);
        return peer;
    }

    private static async Task<TestPeer> ViewAsync(MediaHost host, TestPeer peer, string name = "pupil")
    {
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo(name, null), null, Token);
        var answer = await host.Media.SubscribeByOfferAsync(MediaHost.Room, name, peer.ViewOffer(), "camera", Token);
        await peer.ConnectAsync(answer.Sdp);
        return peer;
    }
}
