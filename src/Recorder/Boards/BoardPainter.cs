using SkiaSharp;

namespace Classroom.Recorder.Boards;

/// <summary>
/// Paints what everybody saw into one picture: the page in the middle, whole, and the ink on it. What is new comes on top; what goes away is
/// painted over within its own rectangle.
/// </summary>
internal sealed class BoardPainter : IDisposable
{
    public const int Width = 1280;
    public const int Height = 720;

    /// <summary>Around the page, and where nothing is shown: as in the lesson.</summary>
    public static readonly SKColor Ground = new(0x1B, 0x2A, 0x33);

    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);
    private readonly SKBitmap _picture = New();
    private readonly SKBitmap _page = New();
    private readonly SKCanvas _canvas;
    private readonly SKCanvas _pageCanvas;
    private readonly SKPaint _pen = new() { IsAntialias = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
    private readonly List<InkStroke> _strokes = [];
    private Surface? _surface;
    private SKRect _view = new(0, 0, Width, Height);

    public BoardPainter()
    {
        (_canvas, _pageCanvas) = (new SKCanvas(_picture), new SKCanvas(_page));
        _pageCanvas.Clear(Ground);
        _canvas.Clear(Ground);
        Changed = SKRectI.Create(Width, Height);
    }

    /// <summary>32 bits a point: blue, green, red, and nothing.</summary>
    public ReadOnlySpan<byte> Pixels => _picture.GetPixelSpan();

    /// <summary>What has changed since it was set to nothing.</summary>
    public SKRectI Changed { get; set; }

    /// <param name="moment">The next one.</param>
    /// <param name="pageOf">The picture of a document's page.</param>
    public async Task PaintAsync(BoardMoment moment, Func<Surface, Task<SKImage>> pageOf)
    {
        if (moment.Surface != _surface)
        {
            await TurnAsync(moment.Surface, pageOf);
            _strokes.AddRange(moment.Strokes);
            Paint(SKRectI.Create(Width, Height));
        }
        else if (moment.IsAnew)
        {
            Replace(moment.Strokes);
        }
        else
        {
            _strokes.AddRange(moment.Strokes);
            Within(SKRectI.Create(Width, Height), () => moment.Strokes.ToList().ForEach(Draw));
            moment.Strokes.ToList().ForEach(stroke => Note(PlaceOf(stroke)));
        }
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _pageCanvas.Dispose();
        _picture.Dispose();
        _page.Dispose();
        _pen.Dispose();
    }

    private static SKBitmap New() => new(new SKImageInfo(Width, Height, SKColorType.Bgra8888, SKAlphaType.Opaque));

    private async Task TurnAsync(Surface? surface, Func<Surface, Task<SKImage>> pageOf)
    {
        _surface = surface;
        _strokes.Clear();
        _pageCanvas.Clear(Ground);
        _view = new SKRect(0, 0, Width, Height);
        if (surface is { DocumentId: null })
        {
            _pageCanvas.Clear(SKColors.White);
        }
        else if (surface is not null)
        {
            using var page = await pageOf(surface);
            _view = SKRect.Create(Width, Height).AspectFit(new SKSize(page.Width, page.Height));
            using var white = new SKPaint { Color = SKColors.White };
            _pageCanvas.DrawRect(_view, white);
            _pageCanvas.DrawImage(page, _view, Smooth);
        }
    }

    private void Replace(IReadOnlyList<InkStroke> strokes)
    {
        var (before, after) = (new HashSet<InkStroke>(_strokes), new HashSet<InkStroke>(strokes));
        var places = _strokes.Where(stroke => !after.Contains(stroke)).Concat(strokes.Where(stroke => !before.Contains(stroke))).Select(PlaceOf).ToList();
        _strokes.Clear();
        _strokes.AddRange(strokes);
        if (places.Count > 0)
        {
            Paint(places.Aggregate(SKRectI.Union));
        }
    }

    private void Paint(SKRectI place)
    {
        Note(place);
        _canvas.Save();
        _canvas.ClipRect(place);
        _canvas.DrawBitmap(_page, 0, 0);
        _canvas.Restore();
        Within(place, () => _strokes.FindAll(stroke => PlaceOf(stroke).IntersectsWith(place)).ForEach(Draw));
    }

    // In the page's own coordinates, never outside the page.
    private void Within(SKRectI place, Action draw)
    {
        _canvas.Save();
        _canvas.ClipRect(place);
        _canvas.ClipRect(_view);
        _canvas.Translate(_view.Left, _view.Top);
        _canvas.Scale(_view.Width / StrokeShapes.Unit);
        draw();
        _canvas.Restore();
    }

    private void Draw(InkStroke stroke) => StrokeShapes.Draw(_canvas, _pen, stroke);

    private void Note(SKRectI place) => Changed = Changed.IsEmpty ? place : SKRectI.Union(Changed, place);

    private SKRectI PlaceOf(InkStroke stroke)
    {
        var bounds = stroke.Bounds;
        var place = SKRectI.Ceiling(new SKRect(
            _view.Left + (bounds.Left * _view.Width), _view.Top + (bounds.Top * _view.Width), _view.Left + (bounds.Right * _view.Width), _view.Top + (bounds.Bottom * _view.Width)), outwards: true);
        return SKRectI.Intersect(place, SKRectI.Create(Width, Height));
    }
}
