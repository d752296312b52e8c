namespace Classroom.Recorder.Pipeline.Film;

/// <summary>One size and rate of a film.</summary>
/// <param name="Kbps">Of the picture.</param>
internal sealed record Rung(int Width, int Height, int Kbps)
{
    public string Name => $"{Height}p";
}

/// <summary>Which rungs a film gets.</summary>
internal static class Ladder
{
    private const int AtLeast = 3;
    private const int LowestOfDelivery = 234;

    // The delivery ladder of the product, and small rungs below it for small sources.
    private static readonly Rung[] All =
    [
        new(160, 90, 40), new(240, 136, 70), new(320, 180, 100), new(416, 234, 145), new(640, 360, 365), new(960, 540, 2000), new(1280, 720, 3000), new(1920, 1080, 6000),
    ];

    /// <returns>Largest first; never above the source, at least three.</returns>
    public static IReadOnlyList<Rung> For(int sourceHeight, int maxHeight)
    {
        var fitting = All.Where(rung => rung.Height <= Math.Min(sourceHeight, maxHeight)).ToList();
        var delivery = fitting.Where(rung => rung.Height >= LowestOfDelivery).ToList();
        var rungs = delivery.Count >= AtLeast ? delivery : fitting.TakeLast(AtLeast).ToList();
        return rungs.Count >= AtLeast ? [.. rungs.AsEnumerable().Reverse()] : [.. All.Take(AtLeast).Reverse()];
    }
}
