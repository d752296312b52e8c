using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>The demo lesson's slides on a console and a tablet: pages that follow, a pen that presses, ink that waits for the line.</summary>
public sealed class BoardTests
{
    private const string PupilsPen = "pen";

    /// <summary>A browser that is set offline keeps the sockets it has.</summary>
    private const string KnowSockets = """
        window.openSockets = new Set();
        window.WebSocket = class extends WebSocket { constructor(...given) { super(...given); openSockets.add(this); } };
        """;

    [Fact]
    public async Task Slides_follow_the_teacher_and_ink_outlives_a_lost_line_and_a_reload()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        await using var browsers = await Browsers.StartAsync();
        var teacher = await browsers.ChromiumAsync(server.Address, "teacher", MadeCameras.None, new ViewportSize { Width = 1280, Height = 800 });
        var tablet = await browsers.ChromiumAsync(server.Address, "tablet", MadeCameras.None, new ViewportSize { Width = 1194, Height = 834 }, touch: true);
        await tablet.Context.AddInitScriptAsync(KnowSockets);
        await teacher.SignInAsync("teacher1");
        await teacher.EnterConsoleAsync("demo", hasCamera: false);
        await tablet.JoinByPinAsync("123456", "林小满");

        await OpenSlidesAsync(teacher);
        await ShowsAsync(tablet, "doc:demoslides/1");
        await teacher.PressAsync("page-next");
        await ShowsAsync(tablet, "doc:demoslides/2");

        // The pupil's own ink, with the pressure of the pen, is seen by the pupil alone.
        await tablet.PressAsync("tool-pen");
        await DrawAsync(tablet, PupilsPen, 0.3);
        await HasStrokesAsync(tablet, 1);
        await HasStrokesAsync(teacher, 0);
        await teacher.PressAsync("pupil-ink");
        await teacher.ById("share-ink").ClickAsync();
        await teacher.PressAsync("sheet-close");
        await HasStrokesAsync(teacher, 1);

        // Without a line it is drawn all the same, kept over a reload, and sent once when the line is back.
        await tablet.Context.SetOfflineAsync(true);
        await tablet.Page.EvaluateAsync("openSockets.forEach((socket) => socket.close())");
        await DrawAsync(tablet, PupilsPen, 0.5);
        await DrawAsync(tablet, PupilsPen, 0.7);
        await HasStrokesAsync(tablet, 3);
        await HasStrokesAsync(teacher, 1);
        await tablet.ScreenshotAsync("board-tablet-offline");
        await tablet.Context.SetOfflineAsync(false);
        await tablet.Page.ReloadAsync();
        await ShowsAsync(tablet, "doc:demoslides/2");
        await HasStrokesAsync(teacher, 3);
        await HasStrokesAsync(tablet, 3);

        // Undo takes back the own stroke, everywhere.
        await tablet.PressAsync("tool-pen");
        await DrawAsync(tablet, PupilsPen, 0.85);
        await HasStrokesAsync(teacher, 4);
        await tablet.PressAsync("undo-ink");
        await HasStrokesAsync(teacher, 3);
        await teacher.ScreenshotAsync("board-console");
        await tablet.ScreenshotAsync("board-tablet");

        // The whiteboard, with a mouse.
        await teacher.PressAsync("show-board");
        await ShowsAsync(tablet, "board/1");
        await teacher.PressAsync("tool-pen");
        await DrawAsync(teacher, "mouse", 0.4);
        await HasStrokesAsync(tablet, 1);
    }

    /// <summary>The deck is being drawn by the server when the lesson begins.</summary>
    private static async Task OpenSlidesAsync(Guest teacher)
    {
        await teacher.PressAsync("show-slides");
        await Expect(teacher.ById("document-show").First).ToBeEnabledAsync();
        await teacher.ById("document-show").First.ClickAsync();
        await ShowsAsync(teacher, "doc:demoslides/1");
    }

    private static async Task ShowsAsync(Guest guest, string surface)
    {
        var board = guest.ById("board-surface");
        await Expect(board).ToHaveAttributeAsync("data-surface", surface);
        if (surface.StartsWith("doc:", StringComparison.Ordinal))
        {
            await Expect(board).ToHaveAttributeAsync("data-picture", new System.Text.RegularExpressions.Regex(@"/\d-\d+\.webp$"));
        }
    }

    private static Task HasStrokesAsync(Guest guest, int count) => Expect(guest.ById("board-surface")).ToHaveAttributeAsync("data-strokes", $"{count}");

    /// <summary>A line across the page, pressed harder towards its end. Pens cannot be moved by the driver: the events are the browser's own.</summary>
    private static Task DrawAsync(Guest guest, string pointer, double height) => guest.ById("board-surface").EvaluateAsync(
        """
        (surface, { pointer, height }) => {
          const box = surface.getBoundingClientRect();
          const tell = (type, share, buttons) => surface.dispatchEvent(new PointerEvent(type, {
            bubbles: true, cancelable: true, pointerId: 1, pointerType: pointer, isPrimary: true, button: type === 'pointermove' ? -1 : 0, buttons,
            pressure: buttons ? 0.2 + share * 0.7 : 0,
            clientX: box.left + box.width * (0.3 + share * 0.4), clientY: box.top + box.height * (height + Math.sin(share * 9) * 0.03),
          }));
          // Only a pointer that the browser knows can be captured.
          surface.setPointerCapture = () => {};
          tell('pointerdown', 0, 1);
          for (let step = 1; step <= 40; step++) tell('pointermove', step / 40, 1);
          tell('pointerup', 1, 0);
        }
        """,
        new { pointer, height });
}
