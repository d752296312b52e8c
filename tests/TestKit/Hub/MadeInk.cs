using System.Buffers.Text;

namespace Classroom.TestKit.Hub;

/// <summary>Strokes as a pen makes them: docs/timeline.md, "Points of a stroke".</summary>
public static class MadeInk
{
    /// <summary>A wave across a part of the page, with pressure that comes and goes.</summary>
    public static string Wave(int points)
    {
        List<byte> bytes = [1];
        var (lastX, lastY, lastPressure) = (0, 0, 0);
        for (var i = 0; i < points; i++)
        {
            var (x, y, pressure) = (1000 + (i * 40), 2000 + (int)(300 * Math.Sin(i / 5.0)), 16 + (int)(10 * Math.Sin(i / 9.0)));
            Add(bytes, x - lastX);
            Add(bytes, y - lastY);
            Add(bytes, pressure - lastPressure);
            (lastX, lastY, lastPressure) = (x, y, pressure);
        }

        return Base64Url.EncodeToString([.. bytes]);
    }

    private static void Add(List<byte> bytes, int difference)
    {
        var rest = (uint)((difference << 1) ^ (difference >> 31));
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.Add((byte)(rest | 0x80));
        }

        bytes.Add((byte)rest);
    }
}
