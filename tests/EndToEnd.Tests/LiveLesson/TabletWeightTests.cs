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

    // A hand that writes: sixty points a second, strokes of 0.6 s, and 0.3 s between them.
    private const string WriteScript = """
        async (surface, seconds) => {
          const box = surface.getBoundingClientRect();
          const tell = (type, x, y, buttons) => surface.dispatchEvent(new PointerEvent(type, {
            bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: type === 'pointermove' ? -1 : 0, buttons,
            pressure: buttons ? 0.5 : 0, clientX: box.left + box.width * x, clientY: box.top + box.height * y,
          }));
          const pause = (ms) => new Promise((done) => setTimeout(done, ms));
          // Only a pointer that the browser knows can be captured.
          surface.setPointerCapture = () => {};
          const end = performance.now() + seconds * 1000;
          for (let stroke = 0; performance.now() < end; stroke++) {
            const [left, top] = [0.1 + (stroke % 12) * 0.06, 0.15 + (Math.floor(stroke / 12) % 4) * 0.2];
            const begun = performance.now();
            tell('pointerdown', left, top, 1);
            for (let at = 0; at < 600; at = performance.now() - begun) {
              await pause(16);
              tell('pointermove', left + at / 600 * 0.05 + Math.sin(at / 90) * 0.012, top + Math.cos(at / 70) * 0.03, 1);
            }
            tell('pointerup', left + 0.05, top, 0);
            await pause(300);
          }
        }
        """;

    [Fact, Trait("Category", "Long")]
    public async Task A_tablet_hears_little_also_while_the_teacher_writes()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        await using var browsers = await Browsers.StartAsync();
        var teacher = await browsers.ChromiumAsync(server.Address, "teacher", MadeCameras.None, new ViewportSize { Width = 1280, Height = 800 });
        var tablet = await browsers.ChromiumAsync(server.Address, "tablet", MadeCameras.None, new ViewportSize { Width = 1194, Height = 834 }, touch: true);
        await teacher.SignInAsync("teacher1");
        await teacher.EnterConsoleAsync("demo", hasCamera: false);
        await tablet.JoinByPinAsync("123456", "林小满");
        await teacher.PressAsync("show-board");
        await teacher.PressAsync("tool-pen");
        await Assertions.Expect(tablet.ById("board-surface")).ToBeVisibleAsync();

        var weight = await PageWeight.CountAsync(tablet, slowdown: 1);
        await teacher.ById("board-surface").First.EvaluateAsync(WriteScript, s_watched.TotalSeconds);
        var bits = weight.Talked * 8 / s_watched.TotalSeconds;

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tablet: {bits / 1000:F2} kbit/s while the teacher writes without a pause"));
        Assert.InRange(bits, 100, MostBitsPerSecond);
    }

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
