using System.Globalization;
using System.Text;

namespace Classroom.Library.Search;

/// <summary>
/// Makes texts that look alike equal: full-width forms, circled and Roman numerals, compatibility ideographs, accents, case.
/// A table of our own, because with invariant globalization string.Normalize leaves everything beyond ASCII as it is.
/// </summary>
internal static class TextFolding
{
    private static readonly Dictionary<char, string> Table = Load();

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (IsAccent(character))
            {
                continue;
            }

            _ = Table.TryGetValue(character, out var plain) ? folded.Append(plain) : folded.Append(character);
        }

        return folded.ToString().ToLowerInvariant();
    }

    // Combining marks: "é" may also come as "e" and an accent of its own.
    private static bool IsAccent(char character) => character is >= '\u0300' and <= '\u036F';

    private static Dictionary<char, string> Load()
    {
        using var stream = typeof(TextFolding).Assembly.GetManifestResourceStream("folding.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new Dictionary<char, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line is not ['#', ..])
            {
                table[(char)ushort.Parse(line.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture)] = line[5..];
            }
        }

        return table;
    }
}
