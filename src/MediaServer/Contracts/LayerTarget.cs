namespace Classroom.MediaServer;

/// <summary>The layers a receiver is to get at most: what its page shows, and what its line carries.</summary>
/// <param name="Spatial">0 is the smallest picture; −1: nothing for now.</param>
/// <param name="Temporal">0 is the lowest frame rate.</param>
public readonly record struct LayerTarget(int Spatial, int Temporal)
{
    /// <summary>Spatial layers that are told apart.</summary>
    public const int MaxSpatial = 3;

    /// <summary>No limit.</summary>
    public static readonly LayerTarget Highest = new(MaxSpatial - 1, 3);

    /// <summary>Nothing is sent.</summary>
    public static readonly LayerTarget Paused = new(-1, 0);

    public bool IsPaused => Spatial < 0;

    /// <summary>What both allow.</summary>
    public LayerTarget Within(LayerTarget other) => new(Math.Min(Spatial, other.Spatial), Math.Min(Temporal, other.Temporal));
}
