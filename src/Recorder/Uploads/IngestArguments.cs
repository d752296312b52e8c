using Classroom.Recorder.Pipeline;

namespace Classroom.Recorder.Uploads;

/// <summary>FFmpeg arguments that make of any film what capture makes of a seat: Matroska of H.264 without reordering, key frames every two seconds, and Opus.</summary>
internal static class IngestArguments
{
    private const int MaxHeight = 1080;

    public static IReadOnlyList<string> Of(MediaInfo media, string input, string output) =>
    [
        .. MediaProbe.NothingElse, .. PictureFit.AnySize, "-i", input, "-map_metadata", "-1", "-map_chapters", "-1",
        .. media.VideoCodec is null ? [] : Picture(media),
        .. media.AudioCodec is null ? (IEnumerable<string>)[] : ["-map", "0:a:0", "-c:a", "libopus", "-b:a", "96k", "-ac", "2", "-ar", "48000", "-af", "aresample=async=1:first_pts=0"],
        "-avoid_negative_ts", "make_zero", "-f", "matroska", "-write_crc32", "0", output,
    ];

    private static IEnumerable<string> Picture(MediaInfo media)
    {
        var (width, height) = (Math.Max(2, media.Width), Math.Max(2, media.Height));
        var shown = Math.Min(MaxHeight, height);
        var size = PictureFit.Into(Math.Max(2, width * shown / height / 2 * 2), Math.Max(2, shown / 2 * 2));
        return
        [
            "-map", "0:v:0", "-c:v", "libx264", "-preset", "superfast", "-bf", "0", "-crf", "22", "-pix_fmt", "yuv420p", "-fps_mode", "vfr",
            "-vf", size + ",setsar=1", "-force_key_frames", "expr:gte(t,n_forced*2)",
        ];
    }
}
