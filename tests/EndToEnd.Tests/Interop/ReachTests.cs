using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.TestKit;

namespace Classroom.EndToEnd.Tests.Interop;

/// <summary>Browsers on networks that let only some ways through, and on networks that change.</summary>
public sealed class ReachTests
{
    private const int School = 6;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Browser, what is left of the server's candidates, and the way that media then takes.</summary>
    public static TheoryData<string, string, string> Ways
    {
        get
        {
            var ways = new TheoryData<string, string, string>
            {
                { "chromium", @" tcp \d+ [0-9.]+ ", "tcp direct ipv4" },
                { "firefox", @" tcp \d+ [0-9.]+ ", "tcp direct ipv4" },
            };
            if (HasIPv6())
            {
                // Browsers leave the loopback interface out, so this wants a machine with an address of its own.
                ways.Add("chromium", @" udp \d+ [^ ]*:", "udp direct ipv6");
                ways.Add("chromium", @" tcp \d+ [^ ]*:", "tcp direct ipv6");
            }

            return ways;
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_browser_publishes_and_plays_by_the_one_way_that_is_left(string browser, string candidates, string way)
    {
        await using var server = await ServerProcess.StartAsync(Stop, ("CLASSROOM_ADHOC_LESSONS", "1"));
        var token = await server.TokenAsync("*", "publisher");
        await using var browsers = await Browsers.StartAsync();
        var guest = await OpenAsync(browsers, server, browser);
        await guest.Page.EvaluateAsync($"httpSession.only = /{candidates}/");

        await PublishAndPlayAsync(guest, token, way);
    }

    [Fact]
    public async Task A_browser_that_reaches_only_the_relay_publishes_and_plays_through_it()
    {
        await using var relay = await Relay.StartAsync();
        await using var server = await ServerProcess.StartAsync(
            Stop, ("CLASSROOM_ADHOC_LESSONS", "1"), ("CLASSROOM_TURN_URLS", relay.Url), ("CLASSROOM_TURN_SECRET", Relay.Secret));
        var token = await server.TokenAsync("*", "publisher");
        await using var browsers = await Browsers.StartAsync();
        var guest = await OpenAsync(browsers, server, "chromium");
        Assert.Equal(1, await guest.Page.EvaluateAsync<int>("token => httpSession.useRelays('/whip/interop/first', token)", token));

        await PublishAndPlayAsync(guest, token, "udp relay ipv4");
    }

    [Fact]
    public async Task An_ICE_restart_keeps_the_session_and_its_pictures()
    {
        await using var server = await ServerProcess.StartAsync(Stop, ("CLASSROOM_ADHOC_LESSONS", "1"));
        var token = await server.TokenAsync("*", "publisher");
        await using var browsers = await Browsers.StartAsync();
        var guest = await OpenAsync(browsers, server, "chromium");
        await PublishAsync(guest, token);
        Assert.Equal("restarted", await guest.Page.EvaluateAsync<string>("token => httpSession.restart(token)", token));
        await PlayAsync(guest, token);
        await guest.SeesAsync(School);

        Assert.Equal("restarted", await guest.Page.EvaluateAsync<string>("token => httpSession.restart(token)", token));
        await guest.SeesAndHearsMoreAsync();
        await guest.SeesAsync(School);
    }

    private static async Task<Guest> OpenAsync(Browsers browsers, ServerProcess server, string browser)
    {
        var guest = browser == "firefox"
            ? await browsers.FirefoxAsync(server.Address, browser, new(School, "火狐", ["教师特写"], BrowsersMicrophone: true))
            : await browsers.ChromiumAsync(server.Address, browser, new(School, "星海", ["教师特写"]));
        await guest.Page.GotoAsync("/healthz");
        await guest.Page.EvaluateAsync(BrowserHttpTests.Script());
        return guest;
    }

    private static async Task PublishAndPlayAsync(Guest guest, string token, string way)
    {
        await PublishAsync(guest, token);
        Assert.Equal(way, await guest.Page.EvaluateAsync<string>("httpSession.way()"));
        await PlayAsync(guest, token);
        Assert.Equal(way, await guest.Page.EvaluateAsync<string>("httpSession.way()"));
        await guest.SeesAsync(School);
        await guest.SeesAndHearsMoreAsync();
    }

    private static async Task PublishAsync(Guest guest, string token) => Assert.StartsWith(
        "/whip/sessions/", await guest.Page.EvaluateAsync<string>("token => httpSession.publish('/whip/interop/own', token)", token), StringComparison.Ordinal);

    private static async Task PlayAsync(Guest guest, string token) => Assert.StartsWith(
        "/whep/sessions/", await guest.Page.EvaluateAsync<string>("token => httpSession.play('/whep/interop/own', token)", token), StringComparison.Ordinal);

    private static bool HasIPv6() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Any(a => a.Address.AddressFamily == AddressFamily.InterNetworkV6 && !a.Address.IsIPv6LinkLocal && !IPAddress.IsLoopback(a.Address));
}
