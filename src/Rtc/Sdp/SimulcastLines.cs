namespace Classroom.Rtc.Sdp;

/// <summary>The lines that name encodings of one track: a=rid (RFC 8851) and a=simulcast (RFC 8853).</summary>
public static class SimulcastLines
{
    /// <summary>Encodings of one track that are taken at most; those after them are refused.</summary>
    public const int MaxEncodings = 3;

    /// <summary>Longest name that is taken.</summary>
    public const int LongestRid = 32;

    /// <summary>Names of the encodings that the writer of a section sends, in its order.</summary>
    internal static IReadOnlyList<string> ReadSend(SdpSection section)
    {
        if (section.Find("simulcast") is not { } value)
        {
            return [];
        }

        var announced = section.Attributes.Where(a => a.Name == "rid").Select(a => a.Value.Split(' ', 3))
            .Where(words => words.Length >= 2 && words[1] == "send" && IsRid(words[0]))
            .Select(words => words[0]).ToHashSet(StringComparer.Ordinal);
        var list = Streams(value, "send");
        // "1,2" are alternatives of one stream of which the first is meant; "~" begins one that is paused for now.
        return [.. list.Split(';').Select(s => s.Split(',')[0].TrimStart('~')).Where(announced.Contains).Distinct(StringComparer.Ordinal).Take(MaxEncodings)];
    }

    /// <summary>The answer's lines for encodings that are taken.</summary>
    internal static void WriteReceive(SdpWriter writer, IReadOnlyList<string> rids)
    {
        foreach (var rid in rids)
        {
            writer.Line($"a=rid:{rid} recv");
        }

        if (rids.Count > 0)
        {
            writer.Line($"a=simulcast:recv {string.Join(';', rids)}");
        }
    }

    // RFC 8851 §10: letters, digits, "-" and "_".
    private static bool IsRid(string text) =>
        text.Length is > 0 and <= LongestRid && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Streams(string value, string direction)
    {
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, direction);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : "";
    }
}
