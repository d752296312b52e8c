using System.Globalization;

namespace Classroom.TestKit.Hls;

/// <summary>A tag or a URI of a playlist, with its line number.</summary>
internal sealed record HlsLine(int Number, string Tag, string Value)
{
    public bool IsUri => Tag.Length == 0;
}

/// <summary>A segment as a media playlist tells it.</summary>
/// <param name="Part">How many discontinuities came before it.</param>
internal sealed record HlsEntry(string Uri, double Seconds, HlsPlace? Range, string? MapUri, HlsPlace? MapRange, int Part);

/// <summary>A byte range.</summary>
internal readonly record struct HlsPlace(long Length, long Offset);

/// <summary>Reads playlists by RFC 8216 §4.1: lines that are blank, tags, comments or URIs.</summary>
internal sealed class HlsPlaylist
{
    private HlsPlaylist(string path, List<HlsLine> lines, List<HlsEntry> entries) => (Path, Lines, Entries) = (path, lines, entries);

    public string Path { get; }

    public IReadOnlyList<HlsLine> Lines { get; }

    /// <summary>Empty for a master playlist.</summary>
    public IReadOnlyList<HlsEntry> Entries { get; }

    public bool IsMaster => Has("EXT-X-STREAM-INF");

    public int Version => (int)Number("EXT-X-VERSION", 1);

    public long Target => Number("EXT-X-TARGETDURATION", 0);

    public static HlsPlaylist Read(string path)
    {
        var lines = new List<HlsLine>();
        foreach (var (text, index) in File.ReadAllLines(path).Select((text, index) => (text, index)))
        {
            if (text.StartsWith("#EXT", StringComparison.Ordinal))
            {
                var colon = text.IndexOf(':');
                lines.Add(new HlsLine(index + 1, colon < 0 ? text[1..] : text[1..colon], colon < 0 ? "" : text[(colon + 1)..]));
            }
            else if (text.Length > 0 && text[0] != '#')
            {
                lines.Add(new HlsLine(index + 1, "", text));
            }
        }

        return new HlsPlaylist(path, lines, Segments(lines));
    }

    public bool Has(string tag) => Lines.Any(line => line.Tag == tag);

    public int Count(string tag) => Lines.Count(line => line.Tag == tag);

    public long Number(string tag, long otherwise) =>
        Lines.FirstOrDefault(line => line.Tag == tag) is { } line && long.TryParse(line.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    /// <summary>An attribute list (§4.2): quoted strings may hold commas.</summary>
    public static Dictionary<string, string> Attributes(string list)
    {
        var found = new Dictionary<string, string>();
        for (var at = 0; at < list.Length;)
        {
            var equals = list.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            var isQuoted = equals + 1 < list.Length && list[equals + 1] == '"';
            var end = isQuoted ? list.IndexOf('"', equals + 2) + 1 : list.IndexOf(',', equals);
            end = end <= 0 ? list.Length : end;
            found[list[at..equals]] = list[(equals + 1)..end].Trim('"');
            at = end + 1;
        }

        return found;
    }

    private static List<HlsEntry> Segments(List<HlsLine> lines)
    {
        var entries = new List<HlsEntry>();
        var (seconds, part) = (0.0, 0);
        HlsPlace? range = null;
        (string? Uri, HlsPlace? Range) map = (null, null);
        foreach (var line in lines)
        {
            switch (line.Tag)
            {
                case "EXTINF":
                    seconds = double.Parse(line.Value.Split(',')[0], CultureInfo.InvariantCulture);
                    break;
                case "EXT-X-BYTERANGE":
                    range = Place(line.Value, entries.Count > 0 && entries[^1].Range is { } last ? last.Offset + last.Length : 0);
                    break;
                case "EXT-X-MAP":
                    var attributes = Attributes(line.Value);
                    map = (attributes.GetValueOrDefault("URI"), attributes.TryGetValue("BYTERANGE", out var text) ? Place(text, 0) : null);
                    break;
                case "EXT-X-DISCONTINUITY":
                    part++;
                    break;
                case "" when seconds > 0:
                    entries.Add(new HlsEntry(line.Value, seconds, range, map.Uri, map.Range, part));
                    (seconds, range) = (0, null);
                    break;
            }
        }

        return entries;
    }

    private static HlsPlace Place(string text, long otherwise)
    {
        var parts = text.Split('@');
        return new HlsPlace(long.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : otherwise);
    }
}
