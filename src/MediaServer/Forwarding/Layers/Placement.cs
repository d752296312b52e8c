using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>What becomes of a packet for one receiver.</summary>
internal enum PlacementKind : byte
{
    /// <summary>Not sent.</summary>
    Skip,

    /// <summary>Sent under the numbers given.</summary>
    Forward,

    /// <summary>Came late for a place that was kept for it, and is not wanted: sent as padding, so that the place is filled.</summary>
    Blank,
}

/// <summary>The numbers of a packet for one receiver.</summary>
internal readonly record struct Placement(PlacementKind Kind, long Sequence, uint Timestamp, bool Marker, LayerCaps Caps, PictureNumbers Numbers)
{
    public static readonly Placement Skip = new(PlacementKind.Skip, 0, 0, Marker: false, default, default);
}
