using System.Globalization;
using System.Text;
using Classroom.Data;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>
/// Builds the filter graph of a part of a clip: whole frames on the lesson clock. Where a seat has no picture the film is black.
/// </summary>
internal sealed class PictureGraph
{
    /// <summary>Decoding starts this much earlier, so that a picture that has stood still since then is known (slides send few frames).</summary>
    private const int PreRollMs = 2000;

    private const int ShortHoleMs = 500;

    /// <summary>What is blurred is first reduced to this many points each way: nothing can be read back out of it.</summary>
    private const int PointsOfBlur = 8;

    private readonly List<string> _inputs = [];
    private readonly StringBuilder _filters = new();
    private readonly ClipPiece _piece;
    private readonly IReadOnlyList<RenderSource> _sources;
    private readonly IReadOnlyList<EditBlur> _blurs;
    private readonly Rung _canvas;
    private int _inputCount;

    private PictureGraph(ClipPiece piece, IReadOnlyList<RenderSource> sources, IReadOnlyList<EditBlur> blurs, Rung canvas) =>
        (_piece, _sources, _blurs, _canvas) = (piece, sources, blurs, canvas);

    /// <summary>-ss, -i and so on.</summary>
    public IReadOnlyList<string> Inputs => _inputs;

    /// <summary>The graph, which ends in [picture].</summary>
    public string Filters => _filters.ToString();

    public static PictureGraph Build(ClipPiece piece, IReadOnlyList<RenderSource> sources, IReadOnlyList<EditBlur> blurs, Rung canvas)
    {
        var graph = new PictureGraph(piece, sources, blurs, canvas);
        graph.AddLayout();
        return graph;
    }

    private void AddLayout()
    {
        var clip = _piece.Clip;
        var boxes = LayoutBoxes.Of(clip.Layout, clip.Seats.Count, _canvas);
        var isWhole = boxes is [{ X: 0, Y: 0 } only] && only.Width == _canvas.Width && only.Height == _canvas.Height;
        for (var i = 0; i < boxes.Count; i++)
        {
            AddSeat(clip.Seats[i], boxes[i], isWhole ? "picture" : $"s{i}");
        }

        if (!isWhole)
        {
            Stack(boxes);
        }
    }

    // The first picture is widened to the canvas with black, the others are laid over it.
    private void Stack(IReadOnlyList<LayoutBox> boxes)
    {
        var first = boxes[0];
        Line($"[s0]pad={_canvas.Width}:{_canvas.Height}:{first.X}:{first.Y}:black[l0]");
        for (var i = 1; i < boxes.Count; i++)
        {
            var (box, edge) = (boxes[i], boxes[i].HasEdge ? 2 : 0);
            var name = $"s{i}";
            if (edge > 0)
            {
                Line($"[{name}]pad=iw+{2 * edge}:ih+{2 * edge}:{edge}:{edge}:white[{name}e]");
                name += "e";
            }

            Line($"[l{i - 1}][{name}]overlay={box.X - edge}:{box.Y - edge}:shortest=1[{(i == boxes.Count - 1 ? "picture" : $"l{i}")}]");
        }
    }

    /// <summary>A seat's picture for the length of the piece, put together from its files and black where there is none.</summary>
    private void AddSeat(string seat, LayoutBox box, string label)
    {
        var parts = new List<string>();
        var cursor = _piece.FromMs;
        var files = _sources.Where(source => source.HasVideo && source.SeatRef == seat && source.Overlaps(_piece.FromMs, _piece.ToMs)).OrderBy(source => source.StartMs).ToList();
        for (var i = 0; i < files.Count; i++)
        {
            var (from, to) = (Math.Max(cursor, files[i].StartMs), Math.Min(_piece.ToMs, EndOf(files, i)));
            if (to > from)
            {
                AddBlack(cursor, from);
                AddFile(files[i], from, to);
                cursor = to;
            }
        }

        AddBlack(cursor, _piece.ToMs);
        Line($"{string.Concat(parts.Select(part => $"[{part}]"))}concat=n={parts.Count}:v=1:a=0[{label}]");

        void AddBlack(long from, long to)
        {
            if (FramesOf(from, to) is var count and > 0)
            {
                Line($"color=black:s={box.Width}x{box.Height}:r={FilmClock.FramesPerSecond},{End(count)}[{Next()}]");
            }
        }

        void AddFile(RenderSource source, long from, long to)
        {
            if (FramesOf(from, to) is var count and > 0)
            {
                var name = $"{label}p{parts.Count}";
                var input = Read(source, from, to, out var preRollFrames);
                var clock = $"fps={FilmClock.FramesPerSecond}:start_time=0,trim=start_frame={preRollFrames},setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone";
                var blurred = Blurs(seat, from, to);
                if (blurred.Count == 0)
                {
                    Line($"[{input}:v:0]{PictureFit.Into(box.Width, box.Height, FilmColours.Scale)},{clock},{End(count)}[{Next()}]");
                    return;
                }

                // At the seat's own size, the one in which the editor drew the rectangle.
                Line($"[{input}:v:0]{PictureFit.Into(source.Width, source.Height, FilmColours.Scale)},{clock},trim=end_frame={count}[{name}b0]");
                AddBlurs(blurred, name, source, from);
                Line($"[{name}b{blurred.Count}]{PictureFit.Into(box.Width, box.Height)},{End(count)}[{Next()}]");
            }
        }

        string Next()
        {
            parts.Add($"{label}p{parts.Count}");
            return parts[^1];
        }
    }

    /// <summary>A seat that begins a new file on the way has no hole: the last picture stays for that moment.</summary>
    private static long EndOf(List<RenderSource> files, int index)
    {
        var end = files[index].EndMs;
        return index + 1 < files.Count && files[index + 1].StartMs - end is > 0 and <= ShortHoleMs ? files[index + 1].StartMs : end;
    }

    private List<EditBlur> Blurs(string seat, long from, long to) =>
        [.. _blurs.Where(blur => blur.Seat == seat && blur.FromMs < to && blur.ToMs > from)];

    private void AddBlurs(List<EditBlur> blurs, string name, RenderSource source, long from)
    {
        for (var i = 0; i < blurs.Count; i++)
        {
            var blur = blurs[i];
            var (x, y) = (Even(blur.X * source.Width), Even(blur.Y * source.Height));
            var (width, height) = (Math.Max(2, Even(blur.Width * source.Width)), Math.Max(2, Even(blur.Height * source.Height)));

            // Whole frames, and rather one more at either end than one less.
            var first = Math.Max(0, (blur.FromMs - from) / FilmClock.FrameMs);
            var last = (blur.ToMs - from + FilmClock.FrameMs - 1) / FilmClock.FrameMs;
            Line($"[{name}b{i}]split[{name}k{i}][{name}c{i}]");
            Line($"[{name}c{i}]crop={width}:{height}:{x}:{y},scale={PointsOfBlur}:{PointsOfBlur}:flags=area,scale={width}:{height}:flags=bilinear[{name}d{i}]");
            Line($"[{name}k{i}][{name}d{i}]overlay={x}:{y}:enable='between(n,{first},{last})'[{name}b{i + 1}]");
        }
    }

    private int Read(RenderSource source, long from, long to, out long preRollFrames)
    {
        var offset = from - source.StartMs;
        preRollFrames = Math.Min(PreRollMs, offset) / FilmClock.FrameMs;
        var preRoll = preRollFrames * FilmClock.FrameMs;
        _inputs.AddRange([.. PictureFit.AnySize, "-an", "-ss", Seconds(offset - preRoll), "-t", Seconds(to - from + preRoll), "-i", source.Path]);
        return _inputCount++;
    }

    // Frames are counted from the piece's beginning, so that rounding never adds up.
    private long FramesOf(long from, long to) => FilmClock.FrameAt(to - _piece.FromMs) - FilmClock.FrameAt(from - _piece.FromMs);

    private static string End(long count) => $"trim=end_frame={count},setsar=1,format=yuv420p";

    private static int Even(double pixels) => (int)pixels / 2 * 2;

    private static string Seconds(long ms) => (ms / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);

    private void Line(string filter) => _filters.Append(_filters.Length == 0 ? "" : ";").Append(filter);
}
