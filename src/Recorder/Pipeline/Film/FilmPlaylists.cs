using System.Globalization;
using System.Text;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>
/// The playlists of a film: one of each rendition, whose segments are ranges of its file (RFC 8216 §4.3.2.2), and the master that names
/// all rungs and the sound alone for the weakest lines (§4.3.4).
/// </summary>
internal static class FilmPlaylists
{
    public static async Task WriteAsync(string folder, IReadOnlyList<(Rung Rung, HlsRendition Hls)> rungs, HlsRendition sound, CancellationToken cancellationToken)
    {
        // Those that stand in one master have the same target duration (§6.2.4), whatever the lengths of their segments.
        HlsRendition[] all = [.. rungs.Select(rung => rung.Hls), sound];
        var target = (int)Math.Ceiling(all.Max(rendition => rendition.LongestSegment));
        foreach (var rendition in all)
        {
            await File.WriteAllTextAsync(Path.Combine(rendition.Folder, ReplayArguments.Playlist), Media(rendition, target), cancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, FilmFiles.Master), Master(rungs, sound), cancellationToken);
    }

    public static string Master(IReadOnlyList<(Rung Rung, HlsRendition Hls)> rungs, HlsRendition sound)
    {
        const string SoundUri = $"{FilmFiles.Sound}/{ReplayArguments.Playlist}";
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"sound\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"{SoundUri}\"\n");
        foreach (var (rung, hls) in rungs)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={hls.PeakBitsPerSecond + sound.PeakBitsPerSecond},AVERAGE-BANDWIDTH={hls.AverageBitsPerSecond + sound.AverageBitsPerSecond},")
                .Append(CultureInfo.InvariantCulture, $"CODECS=\"{hls.Codec},{sound.Codec}\",RESOLUTION={rung.Width}x{rung.Height},FRAME-RATE={FilmClock.FramesPerSecond}.000,AUDIO=\"sound\"\n{rung.Name}/{ReplayArguments.Playlist}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={sound.PeakBitsPerSecond},AVERAGE-BANDWIDTH={sound.AverageBitsPerSecond},CODECS=\"{sound.Codec}\",AUDIO=\"sound\"\n{SoundUri}\n").ToString();
    }

    private static string Media(HlsRendition rendition, int target)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{target}\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MAP:URI=\"{RenditionWriter.Media}\",BYTERANGE=\"{rendition.Head.Length}@0\"\n");
        foreach (var segment in rendition.Segments)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{segment.Seconds:0.000000},\n#EXT-X-BYTERANGE:{segment.Length}@{segment.Offset}\n{RenditionWriter.Media}\n");
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }
}
