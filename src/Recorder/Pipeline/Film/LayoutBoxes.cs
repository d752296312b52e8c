using Classroom.Data;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>A place of a layout in pixels of the canvas, all of them even numbers.</summary>
/// <param name="HasEdge">Two white pixels run round it, outside.</param>
internal sealed record LayoutBox(int X, int Y, int Width, int Height, bool HasEdge = false);

/// <summary>Where the seats of a layout stand; the same places that the editor's preview and the lesson's screens show.</summary>
internal static class LayoutBoxes
{
    private const int Edge = 2;

    public static IReadOnlyList<LayoutBox> Of(EditLayout layout, int seats, Rung canvas) => layout switch
    {
        EditLayout.SideBySide => Rows(2, 2, canvas),
        EditLayout.PictureInPicture => [Whole(canvas), Inset(canvas)],
        EditLayout.ThreeWay => ThreeWay(canvas),
        EditLayout.Grid => Rows(seats, (int)Math.Ceiling(Math.Sqrt(seats)), canvas),
        _ => [Whole(canvas)],
    };

    private static LayoutBox Whole(Rung canvas) => new(0, 0, canvas.Width, canvas.Height);

    // A quarter of the picture, a fortieth of the width from the corner.
    private static LayoutBox Inset(Rung canvas)
    {
        var (width, height) = (canvas.Width / 8 * 2, canvas.Height / 8 * 2);
        var margin = Even(canvas.Width / 40) + Edge;
        return new LayoutBox(Even(canvas.Width - width - margin), Even(canvas.Height - height - margin), width, height, HasEdge: true);
    }

    private static LayoutBox[] ThreeWay(Rung canvas)
    {
        var (large, half) = (Even(canvas.Width * 2 / 3), Even(canvas.Height / 2));
        return
        [
            new(0, 0, large, canvas.Height),
            new(large, 0, canvas.Width - large, half),
            new(large, half, canvas.Width - large, canvas.Height - half),
        ];
    }

    // Rows of equal boxes; a last row that is not full is in the middle.
    private static LayoutBox[] Rows(int count, int columns, Rung canvas)
    {
        var rows = (count + columns - 1) / columns;
        var (width, height) = (Even(canvas.Width / columns), Even(canvas.Height / rows));
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var row = index / columns;
            var inRow = row == rows - 1 ? count - (row * columns) : columns;
            var indent = Even((canvas.Width - (inRow * width)) / 2);
            return new LayoutBox(indent + (index % columns * width), row * height, width, height);
        })];
    }

    private static int Even(int pixels) => pixels / 2 * 2;
}
