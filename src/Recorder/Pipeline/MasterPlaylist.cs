using System.Globalization;
using System.Text;

namespace Classroom.Recorder.Pipeline;

/// <summary>A rendition as it lies on the disk: its peak and average rate (RFC 8216 §4.3.4.2) and its codec.</summary>
internal sealed record HlsRendition(long PeakBitsPerSecond, long AverageBitsPerSecond, string Codec)
{
    /// <summary>Reads a folder with index.m3u8, init.mp4 and segments.</summary>
    public static HlsRendition Read(string folder)
    {
        var (peak, bytes, seconds, length) = (0.0, 0L, 0.0, 0.0);
        foreach (var line in File.ReadLines(Path.Combine(folder, ReplayArguments.Playlist)))
        {
            if (line.StartsWith("#EXTINF:", StringComparison.Ordinal))
            {
                length = double.Parse(line.AsSpan(8).TrimEnd(','), CultureInfo.InvariantCulture);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                var size = new FileInfo(Path.Combine(folder, line)).Length;
                peak = Math.Max(peak, size * 8 / Math.Max(length, 0.5));
                bytes += size;
                seconds += length;
            }
        }

        return new HlsRendition((long)peak, (long)(bytes * 8 / Math.Max(seconds, 0.001)), CodecOf(File.ReadAllBytes(Path.Combine(folder, "init.mp4"))));
    }

    /// <summary>RFC 6381 name: profile, compatibility and level stand behind the version byte of avcC (ISO/IEC 14496-15); sound is AAC-LC.</summary>
    public static string CodecOf(ReadOnlySpan<byte> init)
    {
        var at = init.IndexOf("avcC"u8);
        return at < 0 || at + 8 > init.Length ? "mp4a.40.2" : $"avc1.{Convert.ToHexStringLower(init.Slice(at + 5, 3))}";
    }
}

/// <summary>Writes the playlist that names all rungs (RFC 8216 §4.3.4).</summary>
internal static class MasterPlaylist
{
    public static string Write(IReadOnlyList<(Rung Rung, HlsRendition Hls)> rungs, HlsRendition sound)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"sound\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"{RenderArguments.Sound}/{ReplayArguments.Playlist}\"\n");
        foreach (var (rung, hls) in rungs)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={hls.PeakBitsPerSecond + sound.PeakBitsPerSecond},AVERAGE-BANDWIDTH={hls.AverageBitsPerSecond + sound.AverageBitsPerSecond},")
                .Append(CultureInfo.InvariantCulture, $"CODECS=\"{hls.Codec},{sound.Codec}\",RESOLUTION={rung.Width}x{rung.Height},FRAME-RATE={RenderGraph.FramesPerSecond}.000,AUDIO=\"sound\"\n{rung.Name}/{ReplayArguments.Playlist}\n");
        }

        return text.ToString();
    }
}
