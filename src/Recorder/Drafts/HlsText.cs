using System.Globalization;
using System.Text;

namespace Classroom.Recorder.Drafts;

/// <summary>A segment of a media playlist.</summary>
/// <param name="Range">Place in the file, when the file holds more than this.</param>
/// <param name="Map">URI of its header, with BYTERANGE when it needs one.</param>
/// <param name="Begins">Something else begins here: another seat, or time was left out. It is told at which time of day.</param>
internal sealed record HlsSegment(string Uri, (long Length, long Offset)? Range, double Seconds, long Bytes, string Map, DateTime? Begins = null);

/// <summary>A variant or rendition as the master playlist tells it.</summary>
/// <param name="Codecs">RFC 6381 names.</param>
internal sealed record HlsTrack(string Uri, IReadOnlyList<HlsSegment> Segments, IReadOnlyCollection<string> Codecs, int Width = 0, int Height = 0)
{
    public double Seconds => Segments.Sum(segment => segment.Seconds);

    /// <summary>Longest segment, rounded as players do (RFC 8216 §4.3.3.1).</summary>
    public int TargetSeconds => Segments.Count == 0 ? 1 : (int)Math.Max(1, Segments.Max(segment => Math.Round(segment.Seconds, MidpointRounding.AwayFromZero)));

    /// <summary>Rate of the worst stretch of half to one and a half target durations (RFC 8216 §4.1).</summary>
    public long PeakBitsPerSecond()
    {
        var peak = 0.0;
        for (var first = 0; first < Segments.Count; first++)
        {
            var (bytes, seconds) = (0L, 0.0);
            for (var last = first; last < Segments.Count && seconds + Segments[last].Seconds <= TargetSeconds * 1.5; last++)
            {
                bytes += Segments[last].Bytes;
                seconds += Segments[last].Seconds;
                peak = seconds >= TargetSeconds * 0.5 ? Math.Max(peak, bytes * 8 / seconds) : peak;
            }
        }

        return Math.Max((long)Math.Ceiling(peak), AverageBitsPerSecond());
    }

    public long AverageBitsPerSecond() => (long)Math.Ceiling(Segments.Sum(segment => segment.Bytes) * 8 / Math.Max(0.001, Seconds));
}

/// <summary>Writes playlists of finished streams (RFC 8216 §4.3).</summary>
internal static class HlsText
{
    private const string Head = "#EXTM3U\n#EXT-X-VERSION:7\n";

    /// <param name="targetSeconds">The same for all playlists of one master (§6.2.4).</param>
    public static string Media(HlsTrack track, int targetSeconds)
    {
        var text = new StringBuilder(Head);
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{targetSeconds}\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        var map = "";
        foreach (var (segment, index) in track.Segments.Select((segment, index) => (segment, index)))
        {
            if (segment.Begins is not null && index > 0)
            {
                text.Append("#EXT-X-DISCONTINUITY\n");
            }

            if (segment.Map != map)
            {
                text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MAP:URI={map = segment.Map}\n");
            }

            if (segment.Begins is { } begins)
            {
                text.Append(CultureInfo.InvariantCulture, $"#EXT-X-PROGRAM-DATE-TIME:{begins:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{segment.Seconds:0.000000},\n");
            if (segment.Range is { } range)
            {
                text.Append(CultureInfo.InvariantCulture, $"#EXT-X-BYTERANGE:{range.Length}@{range.Offset}\n");
            }

            text.Append(segment.Uri).Append('\n');
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    /// <param name="picture">Null: sound alone.</param>
    /// <param name="sound">Null: silent.</param>
    public static string Master(HlsTrack? picture, HlsTrack? sound)
    {
        var text = new StringBuilder(Head).Append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        if (picture is not null && sound is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"sound\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"{sound.Uri}\"\n");
        }

        HlsTrack[] tracks = [.. new[] { picture, sound }.OfType<HlsTrack>()];
        var codecs = string.Join(',', tracks.SelectMany(track => track.Codecs).Distinct());
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={tracks.Sum(track => track.PeakBitsPerSecond())},AVERAGE-BANDWIDTH={tracks.Sum(track => track.AverageBitsPerSecond())},CODECS=\"{codecs}\"");
        if (picture is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $",RESOLUTION={picture.Width}x{picture.Height}");
        }

        text.Append(picture is not null && sound is not null ? ",AUDIO=\"sound\"" : "");
        return text.Append('\n').Append(tracks[0].Uri).Append('\n').ToString();
    }

    /// <summary>A URI attribute, and the place of the header in its file.</summary>
    public static string Map(string uri, (long Length, long Offset)? range = null) =>
        range is { } place ? string.Create(CultureInfo.InvariantCulture, $"\"{uri}\",BYTERANGE=\"{place.Length}@{place.Offset}\"") : $"\"{uri}\"";
}
