using Classroom.MediaServer.Loops;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>A running media plane on a free port of the loopback interface.</summary>
internal sealed class MediaHost : IAsyncDisposable
{
    public const string Room = "lesson-1";

    private readonly ServiceProvider _services;

    private MediaHost(ServiceProvider services) => _services = services;

    public IMediaServer Media => _services.GetRequiredService<IMediaServer>();

    public MediaCounters Counters => _services.GetRequiredService<IMediaMetrics>().Snapshot();

    public static async Task<MediaHost> StartAsync(int loops = 1, bool joinRuns = true, int loudestVoices = 0, Action<MediaOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddMediaServer(options =>
        {
            options.Port = 0;
            options.Loops = OnABranchAttribute.IsSet ? Math.Max(loops, 2) : loops;
            (options.SplitAbove, options.SplitFrom) = OnABranchAttribute.IsSet ? (0, 0) : (options.SplitAbove, options.SplitFrom);
            options.JoinRuns = joinRuns;
            options.LoudestVoices = loudestVoices;
            options.PublicAddresses = ["127.0.0.1", "::1"];
            configure?.Invoke(options);
        });
        var host = new MediaHost(services.BuildServiceProvider());
        foreach (var service in host._services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        await host.Media.OpenRoomAsync(Room, TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>The room's own loop.</summary>
    public MediaLoop Loop => _services.GetRequiredService<MediaLoops>().Find(Room)!;

    /// <summary>Bytes that the room's loop has allocated since it began.</summary>
    public Task<long> AllocatedByLoopAsync() => AllocatedByAsync(Loop);

    public static Task<long> AllocatedByAsync(MediaLoop loop) =>
        loop.Commands.InvokeAsync(GC.GetAllocatedBytesForCurrentThread, TestContext.Current.CancellationToken);

    /// <summary>Joins and publishes audio and video under one group name.</summary>
    public async Task<TestPeer> PublishAsync(string participant, string? classroom = null, string group = "camera", string room = Room, PeerLink? link = null)
    {
        var token = TestContext.Current.CancellationToken;
        var peer = new TestPeer(link);
        await Media.JoinAsync(room, new ParticipantInfo(participant, classroom), null, token);
        var answer = await Media.PublishAsync(room, participant, peer.PublishOffer(), Groups(group), token);
        await peer.ConnectAsync(answer.Sdp);
        return peer;
    }

    /// <summary>Joins and receives a group by an offer of its own, as WHEP does.</summary>
    public async Task<TestPeer> ViewAsync(string participant, string? classroom = null, string group = "camera", string room = Room, PeerLink? link = null, string lineReports = "", IParticipantListener? listener = null, string? school = null)
    {
        var token = TestContext.Current.CancellationToken;
        var peer = new TestPeer(link) { LineReports = lineReports };
        await Media.JoinAsync(room, new ParticipantInfo(participant, classroom, school), listener, token);
        var answer = await Media.SubscribeByOfferAsync(room, participant, peer.ViewOffer(), group, token);
        await peer.ConnectAsync(answer.Sdp);
        return peer;
    }

    public static Dictionary<string, string> Groups(string group) => new(StringComparer.Ordinal) { ["0"] = group, ["1"] = group };

    /// <summary>Asks until the answer is yes; the test's own time limit ends it otherwise.</summary>
    public static Task UntilAsync(Func<bool> question) => UntilAsync(() => Task.FromResult(question()));

    public static async Task UntilAsync(Func<Task<bool>> question)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await question())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
