using System.Buffers.Text;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live;

/// <summary>Makes strokes as pages do.</summary>
internal static class InkCoding
{
    private static int s_strokes;

    public static StrokeInput Stroke(string surface = "board/1", bool isPrivate = false, string? id = null, int points = 3) =>
        new(id ?? $"stroke{Interlocked.Increment(ref s_strokes):000000}", surface, "pen", "ink", 3, Points(points), isPrivate);

    public static string Points(int count) => Encode([.. Enumerable.Range(0, count).Select(index => (1000 + (index * 20), 900 - (index * 15), 12))]);

    public static string Encode(IReadOnlyList<(int X, int Y, int Pressure)> points)
    {
        List<byte> bytes = [1];
        var (x, y, pressure) = (0, 0, 0);
        foreach (var point in points)
        {
            Write(bytes, point.X - x);
            Write(bytes, point.Y - y);
            Write(bytes, point.Pressure - pressure);
            (x, y, pressure) = point;
        }

        return Base64Url.EncodeToString(bytes.ToArray());
    }

    private static void Write(List<byte> bytes, int value)
    {
        var zigzag = (uint)((value << 1) ^ (value >> 31));
        for (; zigzag >= 0x80; zigzag >>= 7)
        {
            bytes.Add((byte)(zigzag | 0x80));
        }

        bytes.Add((byte)zigzag);
    }
}
