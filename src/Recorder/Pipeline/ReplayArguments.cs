using System.Globalization;
using Classroom.Data;

namespace Classroom.Recorder.Pipeline;

/// <summary>FFmpeg arguments for the replay of one captured track, and for a recording's cover.</summary>
internal static class ReplayArguments
{
    public const string Playlist = "index.m3u8";
    private const int SegmentSeconds = 4;

    /// <summary>HLS in fMP4. H.264 is copied; other pictures are encoded once. Sound becomes AAC, with silence where packets are missing, from the file's zero.</summary>
    public static IReadOnlyList<string> Hls(string input, MediaInfo media, string folder) =>
    [
        "-i", input,
        .. media.VideoCodec is null ? Array.Empty<string>() : ["-map", "0:v:0", .. Video(media)],
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

    private static string[] Video(MediaInfo media) => media.VideoCodec == "h264"
        ? ["-c:v", "copy"]
        :
        [
            "-c:v", "libx264", "-preset", "superfast", "-crf", "24", "-pix_fmt", "yuv420p", "-fps_mode", "vfr",
            "-vf", $"scale=-2:{Number(Math.Min(720, media.Height) / 2 * 2)}", "-force_key_frames", "expr:gte(t,n_forced*2)",
        ];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
