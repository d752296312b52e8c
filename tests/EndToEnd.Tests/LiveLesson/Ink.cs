using Classroom.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>Strokes on the board of a page, by its pointer.</summary>
internal static class Ink
{
    private const float Step = 12;
    private const int Steps = 12;

    /// <summary>Pen down, and a wave; the pen stays down.</summary>
    /// <param name="row">Strokes of different rows do not touch.</param>
    public static async Task BeginStrokeAsync(this Guest guest, int row)
    {
        var box = (await guest.ById("board-surface").First.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 4), box.Y + (box.Height / 8 * row));
        await guest.Page.Mouse.MoveAsync(x, y);
        await guest.Page.Mouse.DownAsync();
        for (var step = 1; step <= Steps; step++)
        {
            await guest.Page.Mouse.MoveAsync(x + (step * Step), y + (step % 4));
        }
    }

    public static Task EndStrokeAsync(this Guest guest) => guest.Page.Mouse.UpAsync();

    public static Task HasStrokesAsync(this Guest guest, int count) =>
        Expect(guest.ById("board-surface").First).ToHaveAttributeAsync("data-strokes", count.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
