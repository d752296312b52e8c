using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Board;

/// <summary>What happens on slides and whiteboard; docs/timeline.md describes it for readers of exports.</summary>
internal static class BoardEvents
{
    public const string Open = "slides.open";
    public const string Free = "slides.free";
    public const string Show = "surface.show";
    public const string Clear = "surface.clear";
    public const string Stroke = "stroke";
    public const string Gone = "stroke.gone";
    public const string Back = "ink.back";
    public const string Pen = "ink.pen";
    public const string Share = "ink.share";
    public const string Unshare = "ink.unshare";

    public static IReadOnlyDictionary<string, Type> Bodies { get; } = new Dictionary<string, Type>
    {
        [Open] = typeof(SlidesOpenBody),
        [Free] = typeof(SlidesFreeBody),
        [Show] = typeof(SurfaceShowBody),
        [Clear] = typeof(SurfaceClearBody),
        [Stroke] = typeof(StrokeBody),
        [Gone] = typeof(StrokeGoneBody),
        [Back] = typeof(InkBackBody),
        [Pen] = typeof(InkPenBody),
        [Share] = typeof(InkShareBody),
        [Unshare] = typeof(InkUnshareBody),
    };
}

/// <summary>A document is shown for the first time: all that pages need to know of it.</summary>
internal sealed record SlidesOpenBody(string DocumentId, string Title, DocumentPage[] Pages);

internal sealed record SlidesFreeBody(bool Allowed);

/// <param name="Surface">Null: the picture.</param>
internal sealed record SurfaceShowBody(string? Surface);

internal sealed record SurfaceClearBody(string Surface);

internal sealed record StrokeBody(string Id, string Surface, string Tool, string Color, double Width, string Points, bool IsPrivate);

internal sealed record StrokeGoneBody(string[] Ids);

/// <summary>A stroke with the one who drew it, where another one brings it back or shares it.</summary>
internal sealed record SignedStroke(string Who, StrokeBody Stroke);

internal sealed record InkBackBody(SignedStroke[] Strokes);

internal sealed record InkPenBody(string ParticipantId, bool Allowed);

/// <param name="Strokes">What is there so far, for those who have not had it.</param>
internal sealed record InkShareBody(string ParticipantId, string Surface, StrokeBody[] Strokes);

internal sealed record InkUnshareBody;
