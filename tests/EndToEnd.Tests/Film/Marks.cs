namespace Classroom.EndToEnd.Tests.Film;

/// <summary>One picture of a film, and what its mark says (cameras.js).</summary>
/// <param name="AtMs">Where it stands in the file.</param>
/// <param name="DrawnMs">When it was drawn: the machine's clock modulo <see cref="Marks.ClockMs"/>.</param>
public sealed record MarkedPicture(double AtMs, int School, int Seat, double DrawnMs);

/// <summary>Reads the marks that cameras.js draws out of grey pictures.</summary>
public static class Marks
{
    public const int Width = 320;
    public const int Height = 180;

    /// <summary>The mark's clock starts anew after this time.</summary>
    public const double ClockMs = 60_000 * UnitMs;

    private const double UnitMs = 20;
    private const int Columns = 16;
    private const int Side = Width / Columns;

    /// <summary>Null when there is no whole mark.</summary>
    public static MarkedPicture? Read(ReadOnlySpan<byte> grey, double atMs)
    {
        var school = Word(grey, 0, 4, 4);
        var seat = Word(grey, 0, 8, 4);
        if (Word(grey, 0, 0, 4) != 0b1010 || Word(grey, 0, 12, 4) != (school ^ seat ^ 9))
        {
            return null;
        }

        return new MarkedPicture(atMs, school, seat, (Word(grey, 1, 0, 16) + 0.5) * UnitMs);
    }

    /// <summary>The signed difference of two times of the mark's clock.</summary>
    public static double Difference(double a, double b) => Math.IEEERemainder(a - b, ClockMs);

    /// <summary>A time on the mark's clock.</summary>
    public static double ClockOf(DateTimeOffset time) => time.ToUnixTimeMilliseconds() % ClockMs;

    private static int Word(ReadOnlySpan<byte> grey, int row, int from, int length)
    {
        var value = 0;
        for (var column = from; column < from + length; column++)
        {
            value = (value << 1) | (Cell(grey, row, column) > 128 ? 1 : 0);
        }

        return value;
    }

    private static int Cell(ReadOnlySpan<byte> grey, int row, int column)
    {
        var (x, y) = ((column * Side) + (Side / 2), Height - ((2 - row) * Side) + (Side / 2));
        return grey[(y * Width) + x];
    }
}
