using System.Buffers.Binary;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Tests;

/// <summary>The line to a subscriber: retransmissions, numbering, and what is left out when it is full.</summary>
public class LineTests
{
    private delegate void Writing(ref RtcpWriter writer);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_picture_comes_again_under_a_source_of_its_own_with_its_number_in_front()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil", lineReports: "transport-cc");
        for (var i = 0; i < 3; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0, payload: 700));
        }

        var first = await Picture(viewer);
        var lost = await Picture(viewer);
        var (ssrc, sequence) = (Packets.Parse(lost).Ssrc, Packets.Parse(lost).SequenceNumber);
        viewer.SendRtcp(Compound((ref RtcpWriter writer) => writer.WriteNack(1, ssrc, [sequence])));

        byte[] repeat;
        do
        {
            repeat = await viewer.ReceiveRtpAsync();
        }
        while (Packets.Parse(repeat).PayloadType != 97 || Packets.Parse(repeat).Payload.Length == 0);

        var packet = Packets.Parse(repeat);
        Assert.NotEqual(Packets.Parse(first).Ssrc, packet.Ssrc);
        Assert.Equal(sequence, BinaryPrimitives.ReadUInt16BigEndian(packet.Payload));
        Assert.Equal(Packets.Parse(lost).Payload, packet.Payload[2..]);
        Assert.Equal(Packets.Parse(lost).Timestamp, packet.Timestamp);
    }

    [Fact]
    public async Task A_picture_that_the_reports_show_to_be_lost_comes_again_before_it_is_asked_for()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil", lineReports: "transport-cc");
        for (var i = 0; i < 6; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0, payload: 700));
        }

        await Picture(viewer);
        var lost = await Picture(viewer);
        Assert.True(Packets.Parse(lost).TryGetExtension(SubscribeOffer.TransportCcId, out var extension));
        var number = BinaryPrimitives.ReadUInt16BigEndian(extension);
        for (var i = 2; i < 6; i++)
        {
            // A report of what has not left yet would say nothing.
            await Picture(viewer);
        }

        Instant[] arrivals = [Instant.Never, .. Enumerable.Range(1, 4).Select(i => Instant.FromMilliseconds(1000 + i))];
        viewer.SendRtcp(Compound((ref RtcpWriter writer) => writer.WriteTransportCc(1, 2, number, 0, arrivals)));

        byte[] repeat;
        do
        {
            repeat = await viewer.ReceiveRtpAsync();
        }
        while (Packets.Parse(repeat).PayloadType != 97 || Packets.Parse(repeat).Payload.Length == 0);

        Assert.Equal(Packets.Parse(lost).SequenceNumber, BinaryPrimitives.ReadUInt16BigEndian(Packets.Parse(repeat).Payload));
    }

    [Fact]
    public async Task Pictures_are_numbered_without_a_gap_over_all_that_is_sent_and_sound_is_not()
    {
        await using var host = await MediaHost.StartAsync();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil", lineReports: "transport-cc");
        for (var i = 0; i < 50; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: i == 0, payload: 500));
            publisher.SendRtp(Packets.Audio(i));
        }

        var numbers = new List<ushort>();
        for (var pictures = 0; pictures < 50;)
        {
            var packet = Packets.Parse(await viewer.ReceiveRtpAsync());
            Assert.Equal(packet.PayloadType != 111, packet.TryGetExtension(SubscribeOffer.TransportCcId, out var number));
            if (packet.PayloadType != 111)
            {
                numbers.Add(BinaryPrimitives.ReadUInt16BigEndian(number));
            }

            pictures += packet.PayloadType == 96 ? 1 : 0;
        }

        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count).Select(n => (ushort)n), numbers);
    }

    [Fact]
    public async Task A_line_that_is_full_gives_up_pictures_before_voices_and_says_so()
    {
        await using var host = await MediaHost.StartAsync();
        var listener = new Listener();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil", lineReports: "goog-remb", listener: listener);
        var sequence = 0;
        await MediaHost.UntilAsync(() =>
        {
            Send(publisher, ref sequence);
            viewer.SendRemb(80_000);
            return listener.Limits?.Values.Contains(LimitReason.OwnLine) == true;
        });

        // What was under way has come; from now on there are voices only.
        while (viewer.TryReceiveRtp(out _))
        {
        }

        var voices = 0;
        await MediaHost.UntilAsync(() =>
        {
            Send(publisher, ref sequence);
            while (viewer.TryReceiveRtp(out var packet))
            {
                voices += Packets.Parse(packet!).PayloadType == 111 ? 1 : 0;
            }

            return voices > 50;
        });
        var statistics = await host.Media.GetStatisticsAsync(MediaHost.Room, Token);
        Assert.Contains(statistics!.Subscriptions, s => s.ParticipantId == "pupil" && s.Limit == LimitReason.OwnLine && s.Spatial == -1);
        Assert.Contains(statistics.Participants, p => p.ParticipantId == "pupil" && p.EstimateBitsPerSecond <= 80_000 && p.Quality < 5);
    }

    [Fact]
    public async Task A_ceiling_holds_for_a_receiver_with_a_good_line()
    {
        await using var host = await MediaHost.StartAsync();
        var listener = new Listener();
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil", lineReports: "goog-remb", listener: listener);
        await host.Media.SetBandwidthAsync(MediaHost.Room, new BandwidthPlan { ParticipantCeilings = new Dictionary<string, long> { ["pupil"] = 60_000 } }, Token);
        var sequence = 0;

        await MediaHost.UntilAsync(() =>
        {
            Send(publisher, ref sequence);
            viewer.SendRemb(10_000_000);
            return listener.Limits?.Values.Contains(LimitReason.ParticipantCeiling) == true;
        });
    }

    private static void Send(TestPeer publisher, ref int sequence)
    {
        publisher.SendRtp(Packets.Video(sequence, key: true, payload: 1100, timestamp: (uint)(sequence * 900)));
        publisher.SendRtp(Packets.Audio(sequence++));
    }

    private static async Task<byte[]> Picture(TestPeer viewer)
    {
        while (true)
        {
            var packet = await viewer.ReceiveRtpAsync();
            if (Packets.Parse(packet).PayloadType == 96)
            {
                return packet;
            }
        }
    }

    private static byte[] Compound(Writing write)
    {
        var buffer = new byte[256];
        var writer = new RtcpWriter(buffer);
        writer.WriteReceiverReport(1);
        write(ref writer);
        return writer.Written.ToArray();
    }
}
