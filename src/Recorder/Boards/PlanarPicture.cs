using SkiaSharp;

namespace Classroom.Recorder.Boards;

/// <summary>The painted picture as encoders take it: I420 of ITU-R BT.601, as all pictures of a film. Only what has changed is worked out again.</summary>
internal sealed class PlanarPicture(int width, int height)
{
    private readonly byte[] _bytes = new byte[width * height * 3 / 2];

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <param name="pixels">32 bits a point: blue, green, red, and nothing.</param>
    public void Take(ReadOnlySpan<byte> pixels, SKRectI changed)
    {
        var (left, top) = (changed.Left & ~1, changed.Top & ~1);
        var (right, bottom) = ((changed.Right + 1) & ~1, (changed.Bottom + 1) & ~1);
        for (var y = top; y < bottom; y += 2)
        {
            TakeLines(pixels, y, left, right);
        }
    }

    // Two lines at once: they share their colours.
    private void TakeLines(ReadOnlySpan<byte> pixels, int y, int left, int right)
    {
        var upper = pixels.Slice(y * width * 4, width * 4);
        var lower = pixels.Slice((y + 1) * width * 4, width * 4);
        var brightness = _bytes.AsSpan(y * width, width * 2);
        var blueness = _bytes.AsSpan((width * height) + (y / 2 * (width / 2)), width / 2);
        var redness = _bytes.AsSpan((width * height * 5 / 4) + (y / 2 * (width / 2)), width / 2);
        for (var x = left; x < right; x += 2)
        {
            var (blue, green, red) = (0, 0, 0);
            Add(upper, x, brightness, x, ref blue, ref green, ref red);
            Add(upper, x + 1, brightness, x + 1, ref blue, ref green, ref red);
            Add(lower, x, brightness, width + x, ref blue, ref green, ref red);
            Add(lower, x + 1, brightness, width + x + 1, ref blue, ref green, ref red);

            // Sums of four points: two bits more to shift.
            blueness[x / 2] = (byte)((((-38 * red) - (74 * green) + (112 * blue) + 512) >> 10) + 128);
            redness[x / 2] = (byte)((((112 * red) - (94 * green) - (18 * blue) + 512) >> 10) + 128);
        }
    }

    private static void Add(ReadOnlySpan<byte> line, int x, Span<byte> brightness, int at, ref int blue, ref int green, ref int red)
    {
        var (b, g, r) = (line[x * 4], line[(x * 4) + 1], line[(x * 4) + 2]);
        brightness[at] = (byte)((((66 * r) + (129 * g) + (25 * b) + 128) >> 8) + 16);
        (blue, green, red) = (blue + b, green + g, red + r);
    }
}
