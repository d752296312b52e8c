using Classroom.Recorder.Boards;
using SkiaSharp;
using static Classroom.Recorder.Tests.Boards.Drawn;

namespace Classroom.Recorder.Tests.Boards;

public sealed class BoardPainterTests
{
    private static readonly (byte, byte, byte) Red = (0xDC, 0x26, 0x26);
    private static readonly (byte, byte, byte) White = (255, 255, 255);
    private static readonly (byte, byte, byte) Ground = (0x1B, 0x2A, 0x33);

    [Fact]
    public async Task A_red_stroke_is_red_where_it_is_and_gone_when_it_is_undone()
    {
        var drawn = Draw("a");
        Assert.Equal(Red, await At(0.5, 0.1, Show("board/1"), drawn));
        Assert.Equal(White, await At(0.5, 0.12, Show("board/1"), drawn));
        Assert.Equal(White, await At(0.5, 0.1, Show("board/1"), drawn, Gone("a")));
    }

    [Fact]
    public async Task What_is_painted_over_leaves_the_strokes_that_cross_it()
    {
        var down = ("stroke", Stroke("b", color: "blue", points: Points(false, (0.5, 0.05, 0.5), (0.5, 0.3, 0.5))), TeacherId);
        Assert.Equal((0x1D, 0x4E, 0xD8), await At(0.5, 0.1, Show("board/1"), Draw("a"), down, Gone("a")));
        Assert.Equal(White, await At(0.4, 0.1, Show("board/1"), Draw("a"), down, Gone("a")));
    }

    [Fact]
    public async Task A_highlighter_lets_through_what_is_below_it()
    {
        var mark = ("stroke", Stroke("h", tool: "highlighter", color: "yellow", width: 40), TeacherId);
        var (red, green, blue) = await At(0.5, 0.115, Show("board/1"), mark);
        Assert.InRange(red, 245, 255);
        Assert.InRange(green, 225, 240);
        Assert.InRange(blue, 155, 172);
        Assert.NotEqual((0xF2, 0xC2, 0x00), await At(0.5, 0.1, Show("board/1"), Draw("a"), mark));
    }

    [Theory]
    [InlineData("line", 0.5, 0.25, 0.3, 0.35)]
    [InlineData("rect", 0.2, 0.25, 0.5, 0.25)]
    [InlineData("rect", 0.5, 0.4, 0.5, 0.3)]
    [InlineData("ellipse", 0.5, 0.4, 0.5, 0.25)]
    [InlineData("arrow", 0.5, 0.25, 0.3, 0.35)]
    public async Task A_shape_is_drawn_by_its_line(string tool, double x, double y, double besideX, double besideY)
    {
        var shape = ("stroke", Stroke("s", tool: tool, points: Points(false, (0.2, 0.1, 0.5), (0.8, 0.4, 0.5))), TeacherId);
        Assert.Equal(Red, await At(x, y, Show("board/1"), shape));
        Assert.Equal(White, await At(besideX, besideY, Show("board/1"), shape));
    }

    [Theory]
    [InlineData(0.0, 0.105, false)]
    [InlineData(0.5, 0.105, false)]
    [InlineData(1.0, 0.105, true)]
    [InlineData(0.5, 0.1, true)]
    public async Task A_pen_is_as_broad_as_it_was_pressed(double pressure, double y, bool isInk)
    {
        // A pressure of its own at the end: otherwise it would be a line of even width.
        var pen = ("stroke", Stroke("p", points: Points(true, (0.1, 0.1, pressure), (0.7, 0.1, pressure), (0.8, 0.1, 0.4))), TeacherId);
        Assert.Equal(isInk ? Red : White, await At(0.4, y, Show("board/1"), pen));
    }

    [Fact]
    public async Task A_page_of_another_shape_is_whole_in_the_middle_and_ink_stays_on_it()
    {
        var drawn = ("stroke", Stroke("a", "doc:d/1", points: Points(false, (-0.5, 0.5, 0.5), (1.5, 0.5, 0.5))), TeacherId);
        using var painter = await PaintAsync([Show("doc:d/1"), drawn], () => Page(400, 400, SKColors.Lime));

        // A square page is 720 wide and begins at 280.
        Assert.Equal(Ground, Point(painter, 270, 360));
        Assert.Equal((0, 255, 0), Point(painter, 290, 100));
        Assert.Equal(Red, Point(painter, 290, 360));
        Assert.Equal(Red, Point(painter, 990, 360));
        Assert.Equal(Ground, Point(painter, 1010, 360));
    }

    [Fact]
    public async Task A_paused_recording_shows_the_plain_ground_and_then_the_page_again()
    {
        Assert.Equal(Ground, await At(0.5, 0.1, Show("board/1"), Draw("a"), Recording("paused")));
        Assert.Equal(Red, await At(0.5, 0.1, Show("board/1"), Draw("a"), Recording("paused"), Recording("on")));
    }

    [Fact]
    public async Task Painted_bit_by_bit_it_is_what_it_is_when_it_is_painted_at_once()
    {
        var random = new Random(7);
        var events = new List<(string, object, string)> { Show("board/1") };
        for (var i = 0; i < 60; i++)
        {
            var points = Points(true, [.. Enumerable.Range(0, 5).Select(_ => (random.NextDouble(), random.NextDouble() * 0.56, random.NextDouble()))]);
            events.Add(("stroke", Stroke($"s{i}", tool: i % 4 == 0 ? "highlighter" : "pen", color: i % 2 == 0 ? "green" : "blue", points: points), TeacherId));
            if (i % 3 == 0)
            {
                events.Add(Gone($"s{random.Next(i + 1)}"));
            }
        }

        using var painter = await PaintAsync([.. events]);
        using var fresh = await PaintAsync([.. events, Show("board/2"), Show("board/1")]);
        var (different, painted) = (0, 0);
        for (var i = 0; i < painter.Pixels.Length; i++)
        {
            different += Math.Abs(painter.Pixels[i] - fresh.Pixels[i]) > 64 ? 1 : 0;
            painted += fresh.Pixels[i] < 255 ? 1 : 0;
        }

        // Many strokes cross; where edges lie half on a point, a rectangle's edge may round them otherwise. A stroke that was lost would be a hundred times that.
        Assert.InRange(different, 0, painted / 5000);
    }

    private static async Task<(byte Red, byte Green, byte Blue)> At(double x, double y, params (string, object, string)[] events)
    {
        using var painter = await PaintAsync(events);
        return Point(painter, (int)(x * BoardPainter.Width), (int)(y * BoardPainter.Width));
    }

    private static async Task<BoardPainter> PaintAsync((string, object, string)[] events, Func<SKImage>? page = null)
    {
        var painter = new BoardPainter();
        foreach (var moment in BoardScript.Moments(Timeline(events)))
        {
            await painter.PaintAsync(moment, _ => Task.FromResult(page!()));
        }

        return painter;
    }

    private static (byte Red, byte Green, byte Blue) Point(BoardPainter painter, int x, int y)
    {
        var at = painter.Pixels.Slice(((y * BoardPainter.Width) + x) * 4, 4);
        return (at[2], at[1], at[0]);
    }

    private static SKImage Page(int width, int height, SKColor color)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(color);
        return surface.Snapshot();
    }
}
