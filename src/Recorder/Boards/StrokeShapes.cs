using SkiaSharp;

namespace Classroom.Recorder.Boards;

/// <summary>Strokes as paths in thousandths of the page's width, as near to the pages' own (WebClient/src/live/board/outline.ts) as an eye can tell.</summary>
internal static class StrokeShapes
{
    public const float Unit = 1000;

    /// <summary>How much the pressure takes from a pen's width.</summary>
    private const float Thinning = 0.6f;

    /// <summary>A pen's line is cut so finely where its width changes: three points of the film's picture.</summary>
    private const float PieceLength = 0.0025f;
    private const int MostPieces = 12;

    private static readonly Dictionary<string, SKColor> Colors = new()
    {
        ["ink"] = new(0x0B, 0x1F, 0x2A),
        ["red"] = new(0xDC, 0x26, 0x26),
        ["orange"] = new(0xE0, 0x7B, 0x00),
        ["yellow"] = new(0xF2, 0xC2, 0x00),
        ["green"] = new(0x15, 0x80, 0x3D),
        ["blue"] = new(0x1D, 0x4E, 0xD8),
        ["purple"] = new(0x7E, 0x22, 0xCE),
        ["white"] = new(0xFF, 0xFF, 0xFF),
    };

    public static SKColor ColorOf(string name) => Colors.GetValueOrDefault(name, Colors["ink"]);

    /// <summary>What the stroke covers, in widths of the page.</summary>
    public static SKRect BoundsOf(IReadOnlyList<InkPoint> points, float width)
    {
        if (points.Count == 0)
        {
            return SKRect.Empty;
        }

        // An arrow's head goes further out than its line.
        var margin = (width * 3 / Unit) + 0.01f;
        return new SKRect(points.Min(p => p.X) - margin, points.Min(p => p.Y) - margin, points.Max(p => p.X) + margin, points.Max(p => p.Y) + margin);
    }

    /// <summary>Draws it on a canvas in thousandths of the page's width.</summary>
    public static void Draw(SKCanvas canvas, SKPaint paint, InkStroke stroke)
    {
        var points = stroke.Points;
        if (points.Count == 0)
        {
            return;
        }

        paint.Color = ColorOf(stroke.Color).WithAlpha(stroke.Tool == "highlighter" ? (byte)92 : (byte)255);
        (paint.Style, paint.StrokeWidth) = (SKPaintStyle.Stroke, stroke.Width);
        if (stroke.Tool == "pen")
        {
            DrawPen(canvas, paint, points, stroke.Width);
        }
        else
        {
            using var path = stroke.Tool == "highlighter" ? Line(points) : Shape(stroke.Tool, points, stroke.Width);
            canvas.DrawPath(path, paint);
        }
    }

    private static void DrawPen(SKCanvas canvas, SKPaint paint, IReadOnlyList<InkPoint> points, float width)
    {
        if (points.All(point => point.Pressure == points[0].Pressure))
        {
            using var line = Curve(points);
            paint.StrokeWidth = WidthAt(points[0].Pressure, width);
            canvas.DrawPath(line, paint);
            return;
        }

        // Short lines with round ends, each as broad as the pen pressed there. The colour is opaque: nobody sees where they meet.
        var last = points[0];
        foreach (var point in Fine(points))
        {
            paint.StrokeWidth = WidthAt((last.Pressure + point.Pressure) / 2, width);
            canvas.DrawLine(last.X * Unit, last.Y * Unit, point.X * Unit, point.Y * Unit, paint);
            last = point;
        }
    }

    private static float WidthAt(float pressure, float width) => width * 2 * (0.5f - (Thinning * (0.5f - pressure)));

    // Through the middles between the points, which rounds the line.
    private static SKPath Curve(IReadOnlyList<InkPoint> points)
    {
        var path = new SKPath();
        path.MoveTo(At(points[0]));
        for (var i = 1; i + 1 < points.Count; i++)
        {
            path.QuadTo(At(points[i]), At(Middle(points[i], points[i + 1])));
        }

        path.LineTo(At(points[^1])); // A dot is a line to itself.
        return path;
    }

    /// <summary>The same curve in short lines, with the pressure along it.</summary>
    private static IEnumerable<InkPoint> Fine(IReadOnlyList<InkPoint> points)
    {
        var from = points[0];
        for (var i = 1; i + 1 < points.Count; i++)
        {
            var (through, to) = (points[i], Middle(points[i], points[i + 1]));
            var length = Math.Abs(to.X - from.X) + Math.Abs(to.Y - from.Y);
            var pieces = Math.Clamp((int)Math.Ceiling(length / PieceLength), 1, MostPieces);
            for (var piece = 1; piece <= pieces; piece++)
            {
                var t = (float)piece / pieces;
                yield return Between(Between(from, through, t), Between(through, to, t), t);
            }

            from = to;
        }

        yield return points[^1];
    }

    private static InkPoint Middle(InkPoint a, InkPoint b) => Between(a, b, 0.5f);

    private static InkPoint Between(InkPoint a, InkPoint b, float t) => new(a.X + ((b.X - a.X) * t), a.Y + ((b.Y - a.Y) * t), a.Pressure + ((b.Pressure - a.Pressure) * t));

    private static SKPath Line(IReadOnlyList<InkPoint> points)
    {
        var path = new SKPath();
        path.MoveTo(At(points[0]));
        foreach (var point in points.Skip(1).DefaultIfEmpty(points[0]))
        {
            path.LineTo(At(point));
        }

        return path;
    }

    private static SKPath Shape(string tool, IReadOnlyList<InkPoint> points, float width)
    {
        var path = new SKPath();
        if (points.Count < 2)
        {
            return path;
        }

        var (from, to) = (At(points[0]), At(points[1]));
        var box = new SKRect(Math.Min(from.X, to.X), Math.Min(from.Y, to.Y), Math.Max(from.X, to.X), Math.Max(from.Y, to.Y));
        switch (tool)
        {
            case "rect":
                path.AddRect(box);
                break;
            case "ellipse":
                path.AddOval(box);
                break;
            default:
                path.MoveTo(from);
                path.LineTo(to);
                if (tool == "arrow")
                {
                    AddHead(path, from, to, width);
                }

                break;
        }

        return path;
    }

    private static void AddHead(SKPath path, SKPoint from, SKPoint to, float width)
    {
        var length = Math.Min(SKPoint.Distance(from, to) / 2, 8 + (width * 3));
        var angle = Math.Atan2(to.Y - from.Y, to.X - from.X);
        foreach (var side in (double[])[-0.5, 0.5])
        {
            path.MoveTo(to);
            path.LineTo(to.X - (length * (float)Math.Cos(angle + side)), to.Y - (length * (float)Math.Sin(angle + side)));
        }
    }

    private static SKPoint At(InkPoint point) => new(point.X * Unit, point.Y * Unit);
}
