using System.Text.Json;
using SkiaSharp;

namespace Classroom.Recorder.Boards;

/// <summary>A stroke that was drawn in a lesson.</summary>
/// <param name="points">As they came, coded.</param>
/// <param name="isPrivate">Its owner's own: seen by others only while it is shared.</param>
internal sealed class InkStroke(string id, string who, string surface, string tool, string color, float width, string points, bool isPrivate)
{
    private static readonly string[] Tools = ["pen", "highlighter", "line", "rect", "ellipse", "arrow"];
    private const float Thickest = 100;
    private SKRect? _bounds;

    public string Id => id;

    public string Tool => tool;

    public string Color => color;

    public string Who => who;

    /// <summary>In thousandths of the page's width.</summary>
    public float Width => width;

    /// <summary>The layer that it lies on: the page's, or one pupil's own.</summary>
    public (string Surface, string? Owner) Layer => (surface, isPrivate ? who : null);

    public IReadOnlyList<InkPoint> Points => InkPoints.Decode(points);

    /// <summary>What it covers, in widths of the page; worked out once.</summary>
    public SKRect Bounds => _bounds ??= StrokeShapes.BoundsOf(Points, Width);

    /// <returns>Null when it is none.</returns>
    public static InkStroke? Read(string who, JsonElement body)
    {
        if (Json.Text(body, "id") is not { } id || Json.Text(body, "surface") is not { } surface || Json.Text(body, "points") is not { } points
            || Json.Text(body, "tool") is not { } tool || !Tools.Contains(tool)
            || !body.TryGetProperty("width", out var width) || width.ValueKind != JsonValueKind.Number || !width.TryGetSingle(out var wide) || wide is not (> 0 and <= Thickest))
        {
            return null;
        }

        return new InkStroke(id, who, surface, tool, Json.Text(body, "color") ?? "", wide, points, Json.Flag(body, "isPrivate"));
    }
}
