using System.Globalization;
using Classroom.Data;

namespace Classroom.Recorder.Pipeline;

/// <summary>FFmpeg arguments for pictures that cannot be replayed as they were captured, and for a recording's cover.</summary>
internal static class ReplayArguments
{
    public const string Playlist = "index.m3u8";

    private const int MaxHeight = 720;

    /// <summary>Matroska with H.264 of one size, a key frame every two seconds, shown in the order of decoding.</summary>
    public static IReadOnlyList<string> Encode(string input, int width, int height, string output) =>
    [
        .. PictureFit.AnySize, "-i", input, "-map", "0:v:0", "-an",
        "-c:v", "libx264", "-preset", "superfast", "-bf", "0", "-crf", "24", "-pix_fmt", "yuv420p", "-fps_mode", "vfr",
        "-vf", Scale(Math.Max(2, width), Math.Max(2, height)), "-force_key_frames", "expr:gte(t,n_forced*2)", "-f", "matroska", "-write_crc32", "0", output,
    ];

    public static IReadOnlyList<string> Cover(string input, double atSeconds, string output) =>
        ["-ss", atSeconds.ToString("0.###", CultureInfo.InvariantCulture), "-i", input, "-map", "0:v:0", "-frames:v", "1", "-vf", "scale=640:-2", "-q:v", "3", "-f", "image2", "-update", "1", output];

    /// <summary>The track that shows a lesson best: the teacher's close-up, then the longest.</summary>
    public static RecordingTrack? CoverTrack(IEnumerable<RecordingTrack> tracks) =>
        tracks.Where(track => track.VideoCodec is not null && track.State != TrackState.Lost)
            .OrderByDescending(track => track.Group == nameof(SeatKind.TeacherCloseUp)).ThenByDescending(track => track.DurationMs).FirstOrDefault();

    private static string Scale(int width, int height)
    {
        var shown = Math.Min(MaxHeight, height);
        return PictureFit.Into(Math.Max(2, width * shown / height / 2 * 2), Math.Max(2, shown / 2 * 2)) + ",setsar=1";
    }
}
