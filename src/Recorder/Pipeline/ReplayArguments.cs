using System.Globalization;
using Classroom.Data;
using Classroom.Recorder.Matroska;

namespace Classroom.Recorder.Pipeline;

/// <summary>FFmpeg arguments for the replay of one captured track, and for a recording's cover.</summary>
internal static class ReplayArguments
{
    public const string Playlist = "index.m3u8";
    private const int SegmentSeconds = 4;

    private const int MaxHeight = 720;

    /// <summary>HLS in fMP4. H.264 of one size is copied; other pictures are encoded once, at one size. Sound becomes AAC, with silence where packets are missing, from the file's zero.</summary>
    public static IReadOnlyList<string> Hls(string input, MediaInfo media, PictureSizes sizes, string folder) =>
    [
        .. RenderGraph.AnySize, "-i", input,
        .. media.VideoCodec is null ? Array.Empty<string>() : ["-map", "0:v:0", .. Video(media, sizes)],
        .. media.AudioCodec is null ? Array.Empty<string>() : ["-map", "0:a:0", "-c:a", "aac", "-b:a", "96k", "-ac", "2", "-af", "aresample=48000:async=1:first_pts=0"],
        "-f", "hls", "-hls_time", Number(SegmentSeconds), "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4",
        "-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", Path.Combine(folder, "seg%05d.m4s"),
        Path.Combine(folder, Playlist),
    ];

    public static IReadOnlyList<string> Cover(string input, double atSeconds, string output) =>
        ["-ss", atSeconds.ToString("0.###", CultureInfo.InvariantCulture), "-i", input, "-map", "0:v:0", "-frames:v", "1", "-vf", "scale=640:-2", "-q:v", "3", "-f", "image2", "-update", "1", output];

    /// <summary>The track that shows a lesson best: the teacher's close-up, then the longest.</summary>
    public static RecordingTrack? CoverTrack(IEnumerable<RecordingTrack> tracks) =>
        tracks.Where(track => track.VideoCodec is not null && track.State != TrackState.Lost)
            .OrderByDescending(track => track.Group == nameof(SeatKind.TeacherCloseUp)).ThenByDescending(track => track.DurationMs).FirstOrDefault();

    // Pictures that wait for later ones would begin the MP4 80 ms after its zero, and this seat would run behind the others.
    // The parameter sets of a copied stream stand in the MP4's header, and there alone (ISO/IEC 14496-15, avc1).
    private static string[] Video(MediaInfo media, PictureSizes sizes) => media.VideoCodec == "h264" && sizes.IsConstant
        ? ["-c:v", "copy", "-bsf:v", "filter_units=remove_types=7-8"]
        :
        [
            "-c:v", "libx264", "-preset", "superfast", "-bf", "0", "-crf", "24", "-pix_fmt", "yuv420p", "-fps_mode", "vfr",
            "-vf", Scale(Math.Max(sizes.Width, media.Width), Math.Max(sizes.Height, media.Height)), "-force_key_frames", "expr:gte(t,n_forced*2)",
        ];

    private static string Scale(int width, int height)
    {
        var shown = Math.Min(MaxHeight, height);
        return RenderGraph.Fit(Math.Max(2, width * shown / height / 2 * 2), Math.Max(2, shown / 2 * 2)) + ",setsar=1";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
