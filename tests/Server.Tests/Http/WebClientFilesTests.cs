namespace Classroom.Server.Tests.Http;

/// <summary>What strangers may fetch: the client, and nothing that looks like a refusal where a browser asks by itself.</summary>
public sealed class WebClientFilesTests
{
    [Fact]
    public async Task A_stranger_s_browser_finds_the_icon()
    {
        await using var host = await ServerHost.StartAsync();
        using var client = host.Client();
        using var reply = await client.GetAsync("/favicon.ico", TestContext.Current.CancellationToken);

        Assert.Equal((301, "/icon.svg"), ((int)reply.StatusCode, reply.Headers.Location?.ToString()));
    }
}
