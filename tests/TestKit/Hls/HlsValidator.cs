using System.Globalization;

namespace Classroom.TestKit.Hls;

/// <summary>
/// Checks a finished stream on the disk against RFC 8216: playlists (§4, §6.2), fragmented MP4 (§3.3) and what renditions owe each
/// other. Says every rule that is broken, with its place.
/// </summary>
public sealed class HlsValidator
{
    private static readonly HashSet<string> MasterTags =
        ["EXTM3U", "EXT-X-VERSION", "EXT-X-INDEPENDENT-SEGMENTS", "EXT-X-MEDIA", "EXT-X-STREAM-INF", "EXT-X-I-FRAME-STREAM-INF", "EXT-X-START"];

    private static readonly HashSet<string> MediaTags =
    [
        "EXTM3U", "EXT-X-VERSION", "EXT-X-INDEPENDENT-SEGMENTS", "EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE", "EXT-X-DISCONTINUITY-SEQUENCE", "EXT-X-PLAYLIST-TYPE", "EXT-X-ENDLIST",
        "EXTINF", "EXT-X-BYTERANGE", "EXT-X-DISCONTINUITY", "EXT-X-MAP", "EXT-X-PROGRAM-DATE-TIME",
    ];

    /// <summary>Sound is cut at the frame that is nearest to the picture's cut, and one ends up to a frame after the other.</summary>
    private const double PartTolerance = 0.1;

    private readonly List<string> _broken = [];

    /// <summary>Seconds of the longest rendition.</summary>
    public double Seconds { get; private set; }

    /// <summary>Segments over all playlists.</summary>
    public int Segments { get; private set; }

    /// <summary>Discontinuities of a rendition.</summary>
    public int Discontinuities { get; private set; }

    /// <param name="path">A master playlist, or a media playlist alone.</param>
    /// <returns>The broken rules; empty when the stream is as it should be.</returns>
    public IReadOnlyList<string> Check(string path)
    {
        var playlist = HlsPlaylist.Read(path);
        if (playlist.IsMaster)
        {
            CheckMaster(playlist);
        }
        else
        {
            CheckMedia(playlist);
        }

        return _broken;
    }

    private void CheckMaster(HlsPlaylist master)
    {
        CheckHead(master, MasterTags);
        Rule(!master.Has("EXT-X-INDEPENDENT-SEGMENTS") || master.Count("EXT-X-INDEPENDENT-SEGMENTS") == 1, master, "EXT-X-INDEPENDENT-SEGMENTS appears once (§4.3.5.1)");
        var renditions = master.Lines.Where(line => line.Tag == "EXT-X-MEDIA").Select(line => HlsPlaylist.Attributes(line.Value)).ToList();
        var sounds = renditions.Where(attributes => attributes.ContainsKey("URI"))
            .ToDictionary(attributes => attributes.GetValueOrDefault("GROUP-ID", ""), attributes => (Uri: attributes["URI"], Facts: CheckMedia(HlsPlaylist.Read(Beside(master, attributes["URI"])))));
        foreach (var attributes in renditions)
        {
            Rule(attributes.ContainsKey("TYPE") && attributes.ContainsKey("GROUP-ID") && attributes.ContainsKey("NAME"), master, "EXT-X-MEDIA has TYPE, GROUP-ID and NAME (§4.3.4.1)");
        }

        var variants = new List<HlsRenditionFacts>();
        for (var i = 0; i < master.Lines.Count; i++)
        {
            if (master.Lines[i].Tag == "EXT-X-STREAM-INF")
            {
                Rule(i + 1 < master.Lines.Count && master.Lines[i + 1].IsUri, master, "a URI follows EXT-X-STREAM-INF (§4.3.4.2)");
                variants.Add(CheckVariant(master, HlsPlaylist.Attributes(master.Lines[i].Value), master.Lines[i + 1].Value, sounds));
            }
        }

        CheckTogether(master, [.. variants, .. sounds.Values.Select(sound => sound.Facts)]);
    }

    private HlsRenditionFacts CheckVariant(HlsPlaylist master, Dictionary<string, string> attributes, string uri, Dictionary<string, (string Uri, HlsRenditionFacts Facts)> sounds)
    {
        var facts = CheckMedia(HlsPlaylist.Read(Beside(master, uri)));
        HlsRenditionFacts? sound = null;
        if (attributes.TryGetValue("AUDIO", out var group))
        {
            Rule(sounds.TryGetValue(group, out var found), master, $"the group {group} is there (§4.3.4.2)");

            // The sound alone, as a variant of its own, is not fetched twice.
            sound = found.Uri == uri ? null : found.Facts;
        }

        var codecs = facts.Codecs.Concat(sound?.Codecs ?? []).Distinct().Order();
        var told = attributes.GetValueOrDefault("CODECS", "").Split(',').Order();
        Rule(codecs.SequenceEqual(told), master, $"CODECS says all that is there: {string.Join(',', codecs)}, not {string.Join(',', told)} (§4.3.4.2)");
        var peak = facts.PeakBitsPerSecond + (sound?.PeakBitsPerSecond ?? 0);
        Rule(long.TryParse(attributes.GetValueOrDefault("BANDWIDTH", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var bandwidth), master, "EXT-X-STREAM-INF has BANDWIDTH (§4.3.4.2)");
        Rule(bandwidth >= peak - 1, master, $"BANDWIDTH {bandwidth} is at least the peak {peak:0} (§4.3.4.2)");
        return facts;
    }

    private void CheckTogether(HlsPlaylist master, List<HlsRenditionFacts> all)
    {
        Rule(all.Select(facts => facts.Target).Distinct().Count() == 1, master, "all media playlists have one target duration (§6.2.4)");
        foreach (var facts in all)
        {
            Rule(facts.Parts.Count == all[0].Parts.Count, master, $"renditions have the same discontinuities (§6.2.4): {facts.Parts.Count} parts, not {all[0].Parts.Count}");
            foreach (var (one, other) in facts.Parts.Zip(all[0].Parts))
            {
                Rule(Math.Abs(one.Start - other.Start) < PartTolerance, master, $"timestamps of renditions match (§6.2.4): a part begins at {one.Start:0.000} and {other.Start:0.000}");
                Rule(Math.Abs(one.Seconds - other.Seconds) < PartTolerance, master, $"parts of renditions are equally long: {one.Seconds:0.000} and {other.Seconds:0.000}");
            }
        }
    }

    private HlsRenditionFacts CheckMedia(HlsPlaylist media)
    {
        CheckHead(media, MediaTags);
        Rule(media.Count("EXT-X-TARGETDURATION") == 1, media, "EXT-X-TARGETDURATION appears once (§4.3.3.1)");
        Rule(media.Entries.Count > 0 && media.Entries.Count == media.Lines.Count(line => line.IsUri), media, "each segment has EXTINF (§4.3.2.1)");
        Rule(media.Has("EXT-X-ENDLIST"), media, "a finished playlist has EXT-X-ENDLIST (§4.3.3.4)");
        Rule(media.Entries.All(entry => Math.Round(entry.Seconds, MidpointRounding.AwayFromZero) <= media.Target), media, "no segment is longer than the target duration (§4.3.3.1)");
        Rule(media.Version >= 6, media, "EXT-X-MAP for media segments needs version 6 (§7)");
        Rule(media.Entries.All(entry => entry.MapUri is not null), media, "fragmented MP4 needs EXT-X-MAP (§3.3)");
        var sequence = media.Lines.ToList().FindIndex(line => line.Tag == "EXT-X-MEDIA-SEQUENCE");
        Rule(sequence < 0 || sequence < media.Lines.ToList().FindIndex(line => line.IsUri), media, "EXT-X-MEDIA-SEQUENCE comes before the first segment (§4.3.3.2)");
        var check = new HlsSegmentCheck(media, rule => _broken.Add($"{Name(media)}: {rule}"));
        var facts = check.Run();
        Seconds = Math.Max(Seconds, media.Entries.Sum(entry => entry.Seconds));
        Segments += media.Entries.Count;
        Discontinuities = media.Count("EXT-X-DISCONTINUITY");
        return facts;
    }

    private void CheckHead(HlsPlaylist playlist, HashSet<string> tags)
    {
        Rule(playlist.Lines.Count > 0 && playlist.Lines[0] is { Number: 1, Tag: "EXTM3U" }, playlist, "the first line is EXTM3U (§4.3.1.1)");
        Rule(playlist.Count("EXT-X-VERSION") == 1, playlist, "EXT-X-VERSION appears once (§4.3.1.2)");
        foreach (var line in playlist.Lines.Where(line => !line.IsUri && !tags.Contains(line.Tag)))
        {
            Rule(false, playlist, $"line {line.Number}: {line.Tag} does not belong into this kind of playlist (§4.3)");
        }
    }

    private void Rule(bool holds, HlsPlaylist playlist, string rule)
    {
        if (!holds)
        {
            _broken.Add($"{Name(playlist)}: {rule}");
        }
    }

    private static string Name(HlsPlaylist playlist) => Path.GetRelativePath(Path.GetDirectoryName(Path.GetDirectoryName(playlist.Path))!, playlist.Path);

    internal static string Beside(HlsPlaylist playlist, string uri) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(playlist.Path)!, uri));
}
