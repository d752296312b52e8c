using System.Buffers.Text;
using System.Collections.Frozen;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Board;

/// <summary>What a stroke may be. Every page decodes what we let through, so we look at all of it.</summary>
internal static class StrokeRules
{
    public const int MostPoints = 2_000;

    /// <summary>Points are thinned out when a stroke is finished, not before.</summary>
    private const int MostPassing = 100_000;
    private const int ShortestId = 8;
    private const int LongestId = 24;
    private const int LongestPoints = 20_000;
    private const double Thinnest = 0.5;
    private const double Thickest = 80;

    /// <summary>The unit of points: so many in a page's width.</summary>
    private const int Unit = 8_192;
    private const int MostPressure = 31;
    private const int FarthestOut = Unit * 8;

    private static readonly FrozenSet<string> Tools = FrozenSet.Create("pen", "highlighter", "line", "rect", "ellipse", "arrow");
    private static readonly FrozenSet<string> Freehand = FrozenSet.Create("pen", "highlighter");
    private static readonly FrozenSet<string> Colors = FrozenSet.Create("ink", "red", "orange", "yellow", "green", "blue", "purple", "white");

    public static bool IsGood(StrokeInput? stroke) =>
        stroke is { Id.Length: >= ShortestId and <= LongestId, Tool: not null, Color: not null, Width: >= Thinnest and <= Thickest, Points: not null }
        && stroke.Id.All(char.IsAsciiLetterOrDigit)
        && Tools.Contains(stroke.Tool)
        && Colors.Contains(stroke.Color)
        && CountPoints(stroke.Points) is var points and > 0
        && (Freehand.Contains(stroke.Tool) || points == 2);

    /// <summary>The same for a piece of a stroke, or a pointer, that is only passing.</summary>
    public static bool IsGood(PassingInk? ink) => ink switch
    {
        { Kind: "laser", Points: "" } => true,
        { Kind: "laser", Points: not null } => CountPoints(ink.Points) == 1,
        { Kind: "stroke", Points: not null, From: >= 0 and <= MostPassing } => IsGood(new StrokeInput(ink.Id, ink.Surface, ink.Tool, ink.Color, ink.Width, ink.Points, IsPrivate: false)),
        _ => false,
    };

    /// <returns>0 when they are not coded as they should be.</returns>
    public static int CountPoints(string coded)
    {
        if (coded.Length is 0 or > LongestPoints || !Base64Url.IsValid(coded) || coded.EndsWith('='))
        {
            return 0;
        }

        var reader = new PointReader(Base64Url.DecodeFromChars(coded));
        var count = 0;
        while (reader.TryRead(out var x, out var y, out var pressure))
        {
            if (Math.Abs(x) > FarthestOut || Math.Abs(y) > FarthestOut || pressure is < 0 or > MostPressure || ++count > MostPoints)
            {
                return 0;
            }
        }

        return reader.IsComplete ? count : 0;
    }

    /// <summary>A byte that says whether there is pressure, then x, y (and pressure) as zigzag varints, each as the difference to the point before.</summary>
    private ref struct PointReader(ReadOnlySpan<byte> bytes)
    {
        private const int LongestNumber = 3;
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private readonly bool _hasPressure = bytes.Length > 0 && bytes[0] == 1;
        private int _at = bytes.Length > 0 && bytes[0] <= 1 ? 1 : -1;
        private int _x;
        private int _y;
        private int _pressure;

        public readonly bool IsComplete => _at == _bytes.Length;

        public bool TryRead(out int x, out int y, out int pressure)
        {
            var isThere = _at > 0 && !IsComplete;
            if (isThere && !(TryAdd(ref _x) && TryAdd(ref _y) && (!_hasPressure || TryAdd(ref _pressure))))
            {
                (isThere, _at) = (false, -1);
            }

            (x, y, pressure) = (_x, _y, _pressure);
            return isThere;
        }

        /// <returns>False when the number does not end, or is longer than any of ours.</returns>
        private bool TryAdd(ref int value)
        {
            var zigzag = 0;
            for (var index = 0; index < LongestNumber && _at < _bytes.Length; index++)
            {
                var next = _bytes[_at++];
                zigzag |= (next & 0x7F) << (7 * index);
                if (next < 0x80)
                {
                    value += (zigzag >> 1) ^ -(zigzag & 1);
                    return true;
                }
            }

            return false;
        }
    }
}
