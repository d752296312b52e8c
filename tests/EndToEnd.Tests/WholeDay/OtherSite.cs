using System.Text.RegularExpressions;
using Classroom.EndToEnd.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.WholeDay;

/// <summary>A page of somebody else that shows our film: a school's own site, read by a visitor who never signed in here.</summary>
internal static partial class OtherSite
{
    /// <summary>Puts the words of the player's share panel into the page as they are, and plays.</summary>
    public static async Task PlaysAsync(Guest visitor, Uri server, string frame, int school)
    {
        Assert.Matches(Frame(), frame);
        await using var site = Serve(new() { ["/film"] = frame, ["/sign-in"] = $"<iframe src=\"{new Uri(server, "/sign-in")}\"></iframe>" });
        await site.StartAsync(TestContext.Current.CancellationToken);

        // Another site than ours, which is at 127.0.0.1, for cookies, storage and the policy of frames.
        var address = site.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await visitor.Page.GotoAsync(address + "/film");
        var film = visitor.Page.FrameLocator("iframe");
        await film.GetByTestId("film-big-play").ClickAsync();
        await Eventually.TrueAsync(
            () => film.GetByTestId("film-video").EvaluateAsync<bool>("(video, school) => video.currentTime > 1 && classroomTest.readMark(video)?.school === school", school),
            () => Task.FromResult("the film does not play in the frame\n" + visitor.Console));
        await visitor.ScreenshotAsync("embedded");

        // Only the film: a page that people sign in to does not come up in somebody else's.
        await visitor.Page.GotoAsync(address + "/sign-in");
        await Eventually.TrueAsync(
            () => Task.FromResult(visitor.Console.Contains("frame-ancestors", StringComparison.Ordinal)), () => Task.FromResult("nobody refused the frame\n" + visitor.Console));
        await Expect(visitor.Page.FrameLocator("iframe").GetByTestId("password")).ToHaveCountAsync(0);
    }

    private static WebApplication Serve(Dictionary<string, string> pages)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        foreach (var (path, body) in pages)
        {
            app.MapGet(path, () => Results.Content($"<!doctype html><title>松桃中学</title><h1>松桃中学</h1>{body}", "text/html; charset=utf-8"));
        }

        return app;
    }

    [GeneratedRegex("^<iframe src=\"[^\"<>]+/embed/[0-9a-z]+\" title=\"[^\"<>]+\" [^<>]+></iframe>$")]
    private static partial Regex Frame();
}
