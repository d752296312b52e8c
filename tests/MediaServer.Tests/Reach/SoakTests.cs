using System.Globalization;
using Classroom.MediaServer.Tests.Support;

namespace Classroom.MediaServer.Tests.Reach;

/// <summary>
/// Half an hour of lessons with people who come and go: what a round leaves behind shows as memory or handles that grow from
/// round to round. Part of <c>make long</c>; SOAK_SECONDS makes it shorter to try it.
/// </summary>
[Trait("Category", "Long")]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Viewers = 20;
    private const int PacketsPerRound = 4000;
    private const int PacketsPerBurst = 20;
    private const int MostLost = 100;
    private const long MostManagedGrowth = 3_000_000;
    private const double MostResidentGrowth = 1.15;
    private const int MostHandles = 4;

    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("SOAK_SECONDS") ?? "1800", CultureInfo.InvariantCulture));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_comes_and_goes_leaves_nothing_behind()
    {
        await using var host = await MediaHost.StartAsync(loops: 2);
        var rounds = new List<Footprint>();
        var (packets, allocating) = (0L, 0L);
        for (var end = DateTime.UtcNow + s_length; DateTime.UtcNow < end;)
        {
            var sink = await RoundAsync(host, rounds.Count);
            packets += sink.Packets - CountingSink.WarmUp;
            allocating += sink.Allocating;
            rounds.Add(Footprint.Take());
        }

        // Pools and tables find their size first.
        var settled = rounds.Skip(rounds.Count / 4).ToList();
        var (early, late) = (Footprint.Middle(settled.Take(settled.Count / 3)), Footprint.Middle(settled.TakeLast(settled.Count / 3)));
        output.WriteLine(FormattableString.Invariant(
            $"{rounds.Count} rounds of {Viewers} viewers; early {early}; late {late}; the loop allocated before {100.0 * allocating / packets:F2} % of {packets} packets"));
        Assert.True(late.Managed - early.Managed < MostManagedGrowth, $"managed memory: {early} → {late}");
        Assert.True(late.Resident < early.Resident * MostResidentGrowth, $"resident memory: {early} → {late}");
        Assert.True(late.Handles - early.Handles <= MostHandles, $"handles: {early} → {late}");
        Assert.True(allocating < packets / 10, $"the loop allocated before {allocating} of {packets} packets");
        Assert.Equal((1, 0, 0), (host.Counters.Rooms, host.Counters.Transports, host.Counters.Streams));
    }

    /// <summary>A lesson: somebody publishes, viewers come while it runs, half of them say goodbye, the others are just gone.</summary>
    private static async Task<CountingSink> RoundAsync(MediaHost host, int round)
    {
        using var publisher = await host.PublishAsync("teacher");
        var publications = (await host.Media.GetStatisticsAsync(MediaHost.Room, Token))!.Publications;
        var sink = new CountingSink();
        using var attached = await host.Media.AttachSinkAsync(MediaHost.Room, publications.Single(p => p.Kind == MediaKind.Video).PublicationId, sink, Token);
        var viewers = new List<TestPeer>();
        for (var sent = 0; sent < PacketsPerRound; sent += PacketsPerBurst)
        {
            if (viewers.Count < Viewers && sent % (PacketsPerBurst * 5) == 0)
            {
                viewers.Add(await host.ViewAsync($"pupil-{viewers.Count}", lineReports: "transport-cc", link: new PeerLink(tcp: viewers.Count % 4 == 3)));
            }

            for (var i = sent; i < sent + PacketsPerBurst; i++)
            {
                publisher.SendRtp(Packets.Video(i + (round * PacketsPerRound), key: i % 500 == 0, timestamp: (uint)(i * 900)));
            }

            // In so many rounds the machine may drop a burst's packet: a soak asks what is left behind, not what arrives.
            await MediaHost.UntilAsync(() => sink.Packets >= sent - MostLost);
            await Task.Delay(10, Token);
        }

        for (var i = 0; i < viewers.Count; i++)
        {
            if (i % 2 == 0)
            {
                await host.Media.LeaveAsync(MediaHost.Room, $"pupil-{i}", Token);
            }

            viewers[i].Dispose();
        }

        await host.Media.CloseRoomAsync(MediaHost.Room, Token);
        await host.Media.OpenRoomAsync(MediaHost.Room, Token);
        await MediaHost.UntilAsync(() => host.Counters is { Transports: 0, Streams: 0 });
        return sink;
    }

    /// <summary>What the process holds: bytes of managed memory after a collection, bytes of resident memory, open handles.</summary>
    private sealed record Footprint(long Managed, long Resident, int Handles)
    {
        public static Footprint Take()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var managed = GC.GetTotalMemory(forceFullCollection: true);
            return new Footprint(managed, Environment.WorkingSet, Directory.GetFileSystemEntries("/proc/self/fd").Length);
        }

        public static Footprint Middle(IEnumerable<Footprint> rounds)
        {
            var all = rounds.ToList();
            return new Footprint(Middle(all, r => r.Managed), Middle(all, r => r.Resident), (int)Middle(all, r => r.Handles));
        }

        public override string ToString() => FormattableString.Invariant($"{Managed / 1e6:F1} MB managed, {Resident / 1e6:F0} MB resident, {Handles} handles");

        private static long Middle(List<Footprint> rounds, Func<Footprint, long> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);
    }
}
