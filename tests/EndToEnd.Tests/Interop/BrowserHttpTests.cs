using Classroom.EndToEnd.Tests.Harness;
using Classroom.TestKit;

namespace Classroom.EndToEnd.Tests.Interop;

/// <summary>Firefox and Chromium, each publishing by WHIP and playing the other's picture by WHEP, without our pages.</summary>
public sealed class BrowserHttpTests
{
    private const int FoxSchool = 4;
    private const int ChromeSchool = 6;

    [Fact]
    public async Task Firefox_and_Chromium_see_and_hear_each_other_by_WHIP_and_WHEP()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken, ("CLASSROOM_ADHOC_LESSONS", "1"));
        var token = await server.TokenAsync("*", "publisher");
        await using var browsers = await Browsers.StartAsync();
        var fox = await browsers.FirefoxAsync(server.Address, "firefox", new(FoxSchool, "火狐", ["教师特写"], BrowsersMicrophone: true));
        var chrome = await browsers.ChromiumAsync(server.Address, "chromium", new(ChromeSchool, "星海", ["教师特写"]));
        foreach (var (guest, name) in new[] { (fox, "fox"), (chrome, "chrome") })
        {
            await guest.Page.GotoAsync("/healthz");
            await guest.Page.EvaluateAsync(Script());
            Assert.StartsWith("/whip/sessions/", await guest.Page.EvaluateAsync<string>("([url, token]) => httpSession.publish(url, token)", new[] { $"/whip/interop/{name}", token }), StringComparison.Ordinal);
        }

        await PlayAsync(fox, "chrome", token);
        await PlayAsync(chrome, "fox", token);
        await fox.SeesAsync(ChromeSchool);
        await chrome.SeesAsync(FoxSchool);
        await fox.SeesAndHearsMoreAsync();
        await chrome.SeesAndHearsMoreAsync();
    }

    private static async Task PlayAsync(Guest guest, string name, string token) => Assert.StartsWith(
        "/whep/sessions/", await guest.Page.EvaluateAsync<string>("([url, token]) => httpSession.play(url, token)", new[] { $"/whep/interop/{name}", token }), StringComparison.Ordinal);

    internal static string Script()
    {
        using var reader = new StreamReader(typeof(BrowserHttpTests).Assembly.GetManifestResourceStream("whip.js")!);
        return reader.ReadToEnd();
    }
}
