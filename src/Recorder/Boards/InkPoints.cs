using System.Buffers.Text;

namespace Classroom.Recorder.Boards;

/// <summary>A point of a stroke.</summary>
/// <param name="X">In widths of the page, as is <paramref name="Y"/>.</param>
/// <param name="Pressure">From 0 to 1.</param>
internal readonly record struct InkPoint(float X, float Y, float Pressure);

/// <summary>Points as docs/timeline.md codes them: differences in 1/8192 of the page's width, zigzag, seven bits a byte.</summary>
internal static class InkPoints
{
    /// <summary>What a finger or a mouse presses.</summary>
    public const float EvenPressure = 0.5f;

    private const float Unit = 8192;
    private const float MostPressure = 31;
    private const int LongestText = 20_000;
    private const int MostPoints = 2_000;

    /// <summary>No later byte of a number counts: this is more than any page is wide.</summary>
    private const int MostShift = 28;

    /// <returns>The points before the first fault.</returns>
    public static IReadOnlyList<InkPoint> Decode(string text)
    {
        var points = new List<InkPoint>();
        if (text.Length > LongestText || !Base64Url.IsValid(text))
        {
            return points;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        var hasPressure = bytes is [1, ..];
        var (at, x, y, pressure) = (1, 0, 0, 0);
        while (points.Count < MostPoints && TryAdd(bytes, ref at, ref x) && TryAdd(bytes, ref at, ref y) && (!hasPressure || TryAdd(bytes, ref at, ref pressure)))
        {
            points.Add(new InkPoint(x / Unit, y / Unit, hasPressure ? Math.Clamp(pressure / MostPressure, 0, 1) : EvenPressure));
        }

        return points;
    }

    private static bool TryAdd(byte[] bytes, ref int at, ref int value)
    {
        var (zigzag, shift) = (0, 0);
        for (byte next = 0x80; next >= 0x80 && shift < MostShift; shift += 7)
        {
            if (at >= bytes.Length)
            {
                return false;
            }

            next = bytes[at++];
            zigzag |= (next & 0x7F) << shift;
        }

        value += (zigzag >>> 1) ^ -(zigzag & 1);
        return true;
    }
}
