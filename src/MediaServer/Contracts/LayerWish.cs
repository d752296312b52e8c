namespace Classroom.MediaServer;

/// <summary>What a page shows of a publication, so that no more is sent to it.</summary>
/// <param name="MaxHeight">Picture lines; the tallest layer that is not taller is sent, or the smallest. 0: no limit.</param>
/// <param name="MaxTemporal">Temporal layers: 0 is the lowest frame rate, 3 all.</param>
/// <param name="IsPaused">Nothing is shown for now; numbering goes on where it stopped.</param>
public readonly record struct LayerWish(int MaxHeight, int MaxTemporal = 3, bool IsPaused = false)
{
    /// <summary>No limit.</summary>
    public static readonly LayerWish Everything = new(0);
}
