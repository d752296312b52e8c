using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Classroom.MediaServer.Network;
using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Tests.Reach;

/// <summary>
/// Delay of a running lesson with and without 10,000 bogus datagrams a second, in turns of two seconds so that whatever else
/// the machine does falls on both. For docs/security.md; part of <c>make long</c>.
/// </summary>
[Trait("Category", "Long")]
public sealed class FloodFigures(ITestOutputHelper output)
{
    private const int PacketsPerSecond = 500;
    private const int StrangersPerSecond = 10_000;
    private const int Turns = 8;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2);

    public static TheoryData<FloodKind> Kinds => [.. Enum.GetValues<FloodKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_flood_at_most_doubles_the_longest_delays_and_loses_nothing(FloodKind kind)
    {
        await using var host = await MediaHost.StartAsync(loops: 2);
        using var publisher = await host.PublishAsync("teacher");
        using var viewer = await host.ViewAsync("pupil");
        using var flood = new Flood(kind, (IPEndPoint)publisher.ServerAddress, publisher.Server!.Ufrag);
        List<double> quiet = new(100_000);
        List<double> flooded = new(100_000);
        var delays = quiet;
        var isFirst = true;
        viewer.Arrived = packet =>
        {
            if (isFirst)
            {
                isFirst = false;
                HurryThisThread();
            }

            TryAdd(delays, packet);
        };

        var sent = await SendForAsync(publisher, TimeSpan.FromSeconds(3), 0);
        await MediaHost.UntilAsync(() => quiet.Count == sent);
        quiet.Clear();
        var measuredFrom = sent;
        for (var turn = 0; turn < Turns; turn++)
        {
            // Consent lasts half a minute.
            await Task.WhenAll(publisher.CheckAsync(), viewer.CheckAsync());
            delays = quiet;
            sent = await SendForAsync(publisher, s_turn, sent);
            delays = flooded;
            using var stop = new CancellationTokenSource();
            var flooding = Task.Factory.StartNew(() => flood.Run(StrangersPerSecond, stop.Token), TaskCreationOptions.LongRunning);
            sent = await SendForAsync(publisher, s_turn, sent);
            await stop.CancelAsync();
            await flooding;
        }

        // What has not come by the time that a sound does is lost.
        publisher.SendRtp(Packets.Audio(1));
        while (Packets.Parse(await viewer.ReceiveRtpAsync()).PayloadType != 111)
        {
            // The pictures, which were counted as they came.
        }

        var lost = sent - measuredFrom - quiet.Count - flooded.Count;
        var (before, during) = (Percentile(quiet, 99), Percentile(flooded, 99));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {kind} | {flood.Sent / (Turns * s_turn.TotalSeconds):0} | {lost} | {Percentile(quiet, 50):0.00} · {before:0.00} | {Percentile(flooded, 50):0.00} · {during:0.00} | {during / before:0.00} |"));
        Assert.Equal(0, lost);
        Assert.InRange(during / before, 0, 2);
    }

    // The clients are as quick as the server's own threads, so that what is measured is the server's delay and not theirs.
    private static void HurryThisThread() => _ = LinuxNative.SetPriority(0, 0, -10);

    private static Task<int> SendForAsync(TestPeer publisher, TimeSpan time, int sent)
    {
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            HurryThisThread();
            done.SetResult(SendFor(publisher, time, sent));
        }).Start();
        return done.Task;
    }

    private static int SendFor(TestPeer publisher, TimeSpan time, int sent)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; clock.Elapsed < time; sent++, i++)
        {
            while (clock.Elapsed.TotalSeconds * PacketsPerSecond < i)
            {
                Thread.Sleep(1);
            }

            var packet = Packets.Video(sent, key: sent == 0);
            BinaryPrimitives.WriteInt64BigEndian(packet.AsSpan(^8), Stopwatch.GetTimestamp());
            publisher.SendRtp(packet);
        }

        return sent;
    }

    private static void TryAdd(List<double> delays, ReadOnlySpan<byte> packet)
    {
        if (RtpPacket.TryParse(packet, out var parsed) && parsed.PayloadType == 96)
        {
            delays.Add(Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64BigEndian(parsed.Payload[^8..])).TotalMilliseconds);
        }
    }

    private static double Percentile(List<double> delays, int percent)
    {
        delays.Sort();
        return delays[Math.Min(delays.Count * percent / 100, delays.Count - 1)];
    }
}
