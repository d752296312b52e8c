namespace Classroom.EndToEnd.Tests.Film;

/// <summary>How a recorded track lies on the lesson clock, measured from its marks and beeps alone.</summary>
/// <param name="ZeroMs">The time of the mark's clock at the lesson's zero, by this track's pictures.</param>
/// <param name="SpreadMs">Largest deviation of a single picture from it, leaving out the worst tenth.</param>
/// <param name="SoundAheadMs">How much the sound runs before the picture (negative: after); 0 without sound.</param>
public sealed record SeatClock(double ZeroMs, double SpreadMs, double SoundAheadMs)
{
    /// <param name="startMs">Where the file's zero lies on the lesson clock.</param>
    public static SeatClock Measure(IReadOnlyList<MarkedPicture> pictures, IReadOnlyList<double> beeps, double startMs)
    {
        var reference = pictures[0].DrawnMs - pictures[0].AtMs;
        var offsets = pictures.Select(picture => Marks.Difference(picture.DrawnMs - picture.AtMs, reference)).Order().ToArray();
        var middle = offsets[offsets.Length / 2];
        var zero = reference + middle - startMs;
        var spread = offsets.Select(offset => Math.Abs(offset - middle)).Order().ElementAt(offsets.Length * 9 / 10);

        // The cameras beep at whole seconds of the same clock.
        var late = beeps.Select(beep => Math.IEEERemainder(zero + startMs + beep, 1000)).Order().ToArray();
        return new SeatClock(zero, spread, late.Length > 0 ? -late[late.Length / 2] : 0);
    }
}
