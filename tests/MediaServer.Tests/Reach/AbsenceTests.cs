using Classroom.MediaServer.Tests.Support;

namespace Classroom.MediaServer.Tests.Reach;

/// <summary>Peers whose line is dead for a while: nobody has to negotiate anything when it is back.</summary>
public sealed class AbsenceTests
{
    private const byte Picture = 96;
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_tooLong = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_publisher_that_is_back_after_a_minute_is_asked_for_a_key_frame_at_once_and_its_picture_goes_on_without_a_gap()
    {
        var time = new LeapingTime();
        await using var host = await MediaHost.StartAsync(time: time);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        var last = await ForwardAsync(publisher, viewer, 0);
        await BeAwayAsync(host, publisher, time, s_outage);

        await publisher.CheckAsync();
        await viewer.CheckAsync();
        await publisher.ReceivePliAsync();

        // Hundreds of packets were lost at the beginning of the outage.
        Assert.Equal((ushort)(last + 1), await ForwardAsync(publisher, viewer, 600));
        Assert.Equal(2, host.Counters.Transports);
    }

    [Fact]
    public async Task A_viewer_that_is_back_after_a_minute_goes_on_behind_the_last_number_with_the_keys_that_it_had()
    {
        var time = new LeapingTime();
        await using var host = await MediaHost.StartAsync(time: time);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        var last = await ForwardAsync(publisher, viewer, 0);
        await BeAwayAsync(host, publisher, time, s_outage);
        await publisher.CheckAsync();
        for (var i = 600; i < 620; i++)
        {
            publisher.SendRtp(Packets.Video(i, key: true));
        }

        await publisher.CheckAsync();
        while (viewer.TryReceiveRtp(out var packet))
        {
            Assert.NotEqual(Picture, Packets.Parse(packet!).PayloadType);
        }

        await viewer.CheckAsync();
        Assert.Equal((ushort)(last + 1), await ForwardAsync(publisher, viewer, 620));
    }

    /// <summary>
    /// Chromium whose hub is back before its media: it offers a restart, pairs the socket that it opens for it with the
    /// addresses it knew, and keeps that pair, and with it our former credentials, when the answer names the same addresses.
    /// </summary>
    [Fact]
    public async Task A_publisher_that_comes_back_in_the_middle_of_a_restart_hears_the_server_where_it_now_is()
    {
        var time = new LeapingTime();
        await using var host = await MediaHost.StartAsync(time: time);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        var last = await ForwardAsync(publisher, viewer, 0);
        await BeAwayAsync(host, publisher, time, s_outage);
        await viewer.CheckAsync();

        publisher.NewCredentials();
        await host.Media.PublishAsync(MediaHost.Room, "teacher", publisher.PublishOffer(), MediaHost.Groups("camera"), TestContext.Current.CancellationToken);
        // What it says over the hub is no consent to media.
        await RefusesAsync(host, publisher);

        await publisher.MoveAsync();
        await publisher.ReceivePliAsync();
        Assert.Equal((ushort)(last + 1), await ForwardAsync(publisher, viewer, 600));
    }

    [Fact]
    public async Task A_peer_that_stays_away_is_given_up()
    {
        var time = new LeapingTime();
        await using var host = await MediaHost.StartAsync(time: time);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        await ForwardAsync(publisher, viewer, 0);
        await BeAwayAsync(host, publisher, time, s_outage);
        time.Skip(s_tooLong);
        await MediaHost.UntilAsync(() => host.Counters.Transports == 0);
    }

    /// <summary>Until the server takes no media from the publisher any more.</summary>
    private static Task BeAwayAsync(MediaHost host, TestPeer publisher, LeapingTime time, TimeSpan length)
    {
        time.Skip(length);
        return RefusesAsync(host, publisher);
    }

    private static Task RefusesAsync(MediaHost host, TestPeer publisher)
    {
        var before = host.Counters.Refused[Refusal.NotReady];
        var number = 1;
        return MediaHost.UntilAsync(() =>
        {
            publisher.SendRtp(Packets.Audio(number++));
            return host.Counters.Refused[Refusal.NotReady] > before;
        });
    }

    /// <summary>The number under which a picture comes.</summary>
    private static async Task<ushort> ForwardAsync(TestPeer publisher, TestPeer viewer, int number)
    {
        publisher.SendRtp(Packets.Video(number, key: true));
        while (true)
        {
            var packet = Packets.Parse(await viewer.ReceiveRtpAsync());
            if (packet.PayloadType == Picture)
            {
                return packet.SequenceNumber;
            }
        }
    }
}
