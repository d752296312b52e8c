using System.Globalization;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.TestKit;
using Microsoft.Playwright;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>What a tablet's lesson page costs the line that fifty of them share, and a tablet that is four times slower than this machine.</summary>
public sealed class TabletWeightTests
{
    private const int MostFirstBytes = 250_000;
    private const double MostBitsPerSecond = 10_000;
    private const int Slowdown = 4;
    private static readonly TimeSpan s_watched = TimeSpan.FromSeconds(20);

    // A page is ready when the hand can be raised, and it answers when no long task (W3C longtask, over 50 ms) follows for a while.
    private const string WatchScript = """
        window.pageWeight = { ready: 0, lastTask: 0 };
        new PerformanceObserver((list) => {
          for (const task of list.getEntries()) pageWeight.lastTask = task.startTime + task.duration;
        }).observe({ type: 'longtask', buffered: true });
        requestAnimationFrame(function look() {
          if (document.querySelector('[data-testid=raise-hand]')) pageWeight.ready = performance.now();
          else requestAnimationFrame(look);
        });
        """;

    private const string InteractiveScript = """
        async () => {
          while (!pageWeight.ready || performance.now() - Math.max(pageWeight.ready, pageWeight.lastTask) < 3000) await new Promise((done) => setTimeout(done, 100));
          return Math.max(pageWeight.ready, pageWeight.lastTask);
        }
        """;

    [Fact]
    public async Task A_tablet_loads_a_quarter_of_a_megabyte_and_then_says_and_hears_little()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using var teacher = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(teacher);
        await teacher.PostAsync<object>($"/api/lessons/{lesson.Id}/open");
        await using var browsers = await Browsers.StartAsync();
        var tablet = await browsers.ChromiumAsync(server.Address, "tablet", MadeCameras.None, new ViewportSize { Width = 1194, Height = 834 }, touch: true);
        await tablet.JoinByPinAsync(lesson.Pin, "王子涵");

        var weight = await PageWeight.CountAsync(tablet, Slowdown);
        await tablet.Page.AddInitScriptAsync(WatchScript);
        await tablet.Page.ReloadAsync();
        var interactive = await tablet.Page.EvaluateAsync<double>(InteractiveScript);
        var fetched = weight.Fetched;
        var talked = weight.Talked;
        await Task.Delay(s_watched, TestContext.Current.CancellationToken);
        var bits = (weight.Talked - talked + weight.Fetched - fetched) * 8 / s_watched.TotalSeconds;

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"tablet: {fetched / 1000.0:F0} kB at first load, interactive after {interactive / 1000:F1} s at a quarter of the speed, {bits / 1000:F2} kbit/s in a quiet lesson"));
        Assert.InRange(fetched, 20_000, MostFirstBytes);
        Assert.InRange(bits, 0, MostBitsPerSecond);
    }
}
