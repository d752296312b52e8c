using Classroom.EndToEnd.Tests.Harness;
using Classroom.TestKit;

namespace Classroom.EndToEnd.Tests.Interop;

/// <summary>WHIP in and WHEP out with a client that nobody here wrote: GStreamer's webrtcbin.</summary>
public sealed class GStreamerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GStreamer_publishes_by_WHIP_and_plays_by_WHEP()
    {
        await using var server = await ServerProcess.StartAsync(Stop, ("CLASSROOM_ADHOC_LESSONS", "1"));
        var token = await server.TokenAsync("*", "publisher");
        await using var publisher = Python.Start("whip_publish.py", $"{server.Address}whip/interop/camera", token, "15");
        var created = await publisher.SaysAsync("status", "201");
        Assert.StartsWith("/whip/sessions/", created.GetProperty("location").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(created.GetProperty("etag").GetString()));
        await publisher.SaysAsync("state", "connected");

        await using var player = Python.Start("whep_play.py", $"{server.Address}whep/interop/camera", token, "5");
        await player.SaysAsync("state", "connected");
        var seen = await player.EndAsync();
        var decoded = seen.GetProperty("decoded");
        Assert.InRange(decoded.GetProperty("video").GetInt32(), 30, 90);
        Assert.InRange(decoded.GetProperty("audio").GetInt32(), 100, 300);
        Assert.Equal(320, seen.GetProperty("width").GetInt32());
        Assert.Equal("200", (await player.SaysAsync("deleted")).GetProperty("deleted").ToString());
    }

    [Fact]
    public async Task A_wrong_token_is_refused_with_401()
    {
        await using var server = await ServerProcess.StartAsync(Stop, ("CLASSROOM_ADHOC_LESSONS", "1"));
        await using var publisher = Python.Start("whip_publish.py", $"{server.Address}whip/interop/camera", "wrong", "10");
        await publisher.SaysAsync("status", "401");
    }
}
