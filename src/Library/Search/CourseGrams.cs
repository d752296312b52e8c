using System.Globalization;
using System.Text;

namespace Classroom.Library.Search;

/// <summary>Words that must follow each other; the last one may go on when <paramref name="IsPrefix"/>.</summary>
/// <param name="Text">As it was typed, folded.</param>
internal sealed record GramPhrase(IReadOnlyList<string> Tokens, bool IsPrefix, string Text);

/// <summary>
/// Cuts texts into the tokens of the search index, the same for both databases. Runs of Chinese (Japanese, Korean) become overlapping
/// pairs, because no word boundaries are written and trigram indexes cannot find words of two characters; other runs of letters and digits are words.
/// </summary>
internal static class CourseGrams
{
    // The tokenizer of SQLite knows Unicode 6.1: what was added later is spelled as its code point.
    private const int LastIdeographOfUnicode6 = 0x9FCC;

    /// <summary>
    /// The tokens of a text in order. Each Chinese run is followed by its last character alone, so that every character starts some token:
    /// a query of one character is a prefix query. It also keeps phrases from reaching over the end of a run.
    /// </summary>
    public static IEnumerable<string> Tokens(string text)
    {
        foreach (var run in Runs(text))
        {
            if (!run.IsIdeographic)
            {
                yield return string.Concat(run.Characters);
                continue;
            }

            for (var i = 0; i < run.Characters.Count - 1; i++)
            {
                yield return run.Characters[i] + run.Characters[i + 1];
            }

            yield return run.Characters[^1];
        }
    }

    /// <summary>What a query asks for: all phrases, anywhere. Empty when it holds no letter or digit.</summary>
    public static IReadOnlyList<GramPhrase> Phrases(string query) => [.. Runs(query).Select(ToPhrase)];

    private static GramPhrase ToPhrase(Run run)
    {
        var text = string.Concat(run.Characters);
        return run switch
        {
            { IsIdeographic: false } => new GramPhrase([text], IsPrefix: false, text),
            { Characters: [var single] } => new GramPhrase([single], IsPrefix: true, text),
            _ => new GramPhrase([.. run.Characters.Zip(run.Characters.Skip(1), string.Concat)], IsPrefix: false, text),
        };
    }

    private static List<Run> Runs(string text)
    {
        var runs = new List<Run>();
        Run? current = null;
        foreach (var rune in TextFolding.Fold(text).EnumerateRunes())
        {
            var isIdeographic = IsIdeographic(rune.Value);
            if (!isIdeographic && !Rune.IsLetterOrDigit(rune))
            {
                current = null;
                continue;
            }

            if (current?.IsIdeographic != isIdeographic)
            {
                current = new Run(isIdeographic, []);
                runs.Add(current);
            }

            current.Characters.Add(Spell(rune, isIdeographic));
        }

        return runs;
    }

    private static string Spell(Rune rune, bool isIdeographic) =>
        !rune.IsBmp || (isIdeographic && rune.Value is > LastIdeographOfUnicode6 and < 0xA000)
            ? "u" + rune.Value.ToString("x", CultureInfo.InvariantCulture)
            : rune.ToString();

    /// <summary>Han with its extensions, 〇, kana, Hangul syllables.</summary>
    private static bool IsIdeographic(int value) =>
        value is 0x3007 or (>= 0x3041 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private sealed record Run(bool IsIdeographic, List<string> Characters);
}
