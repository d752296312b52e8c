using System.Globalization;
using System.Text;

namespace Classroom.Data;

/// <summary>A line of captions in a file.</summary>
public sealed record VttCue(long FromMs, long ToMs, string Text);

/// <summary>Reads and writes captions as WebVTT (https://www.w3.org/TR/webvtt1/). Positions, colours and voices are left out when read: lines of plain words remain.</summary>
public static class WebVtt
{
    public const int MostCues = 2_000;
    public const int LongestText = 400;

    private const string Arrow = "-->";

    /// <returns>Null when it is not WebVTT. What no browser would show is left out.</returns>
    public static IReadOnlyList<VttCue>? Parse(string file)
    {
        var lines = file.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        if (!lines[0].StartsWith("WEBVTT", StringComparison.Ordinal) || (lines[0].Length > 6 && lines[0][6] is not (' ' or '\t')))
        {
            return null;
        }

        var cues = new List<VttCue>();
        for (var i = 1; i < lines.Length && cues.Count < MostCues; i++)
        {
            if (!TryReadTimes(lines[i], out var from, out var to))
            {
                continue;
            }

            var text = new List<string>();
            while (i + 1 < lines.Length && lines[i + 1].Length > 0)
            {
                text.Add(Plain(lines[++i]));
            }

            if (string.Join('\n', text).Trim() is { Length: > 0 } words)
            {
                cues.Add(new VttCue(from, to, words.Length > LongestText ? words[..LongestText] : words));
            }
        }

        return [.. cues.OrderBy(cue => cue.FromMs)];
    }

    public static string Write(IEnumerable<VttCue> cues)
    {
        var text = new StringBuilder("WEBVTT\n");
        foreach (var cue in cues)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Time(cue.FromMs)} {Arrow} {Time(cue.ToMs)}\n{Escape(cue.Text)}\n");
        }

        return text.ToString();
    }

    private static bool TryReadTimes(string line, out long from, out long to)
    {
        (from, to) = (0, 0);
        var at = line.IndexOf(Arrow, StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        var end = line[(at + Arrow.Length)..].Trim().Split([' ', '\t'], 2)[0];
        return TryReadTime(line[..at].Trim(), out from) && TryReadTime(end, out to) && to > from;
    }

    // "hh:mm:ss.ttt" or "mm:ss.ttt"; hours may have more digits.
    private static bool TryReadTime(string text, out long ms)
    {
        ms = 0;
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || parts[^1].Length != 6 || parts[^1][2] != '.' || !Number(parts[^1][..2], 59, out var seconds)
            || !Number(parts[^1][3..], 999, out var thousandths) || !Number(parts[^2], 59, out var minutes))
        {
            return false;
        }

        var hours = 0;
        ms = thousandths + (1000L * (seconds + (60 * minutes)));
        if (parts.Length == 3 && !Number(parts[0], 9_999, out hours))
        {
            return false;
        }

        ms += hours * 3_600_000L;
        return true;
    }

    private static bool Number(string digits, int most, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most;

    // Tags go, the few named characters become what they mean.
    private static string Plain(string line)
    {
        var text = new StringBuilder();
        var isTag = false;
        foreach (var letter in line)
        {
            isTag = letter == '<' || (isTag && letter != '>');
            if (!isTag && letter != '>')
            {
                text.Append(letter);
            }
        }

        return text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&nbsp;", " ").Replace("&lrm;", "").Replace("&rlm;", "").Replace("&amp;", "&").ToString();
    }

    // An empty line would end the cue.
    private static string Escape(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 0))
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Time(long ms) => string.Create(
        CultureInfo.InvariantCulture, $"{ms / 3_600_000:00}:{ms / 60_000 % 60:00}:{ms / 1000 % 60:00}.{ms % 1000:000}");
}
