using System.Globalization;

namespace Classroom.Recorder.Pipeline;

/// <summary>FFmpeg arguments of a micro-course's outputs.</summary>
internal static class RenderArguments
{
    public const string Sound = "sound";
    private const int SegmentSeconds = 4;

    /// <summary>Two key frames a segment, at the same places on every rung.</summary>
    private const int KeyEvery = 2 * RenderGraph.FramesPerSecond;

    /// <summary>One command: the graph, one HLS playlist per rung, one for the sound.</summary>
    public static IReadOnlyList<string> Encode(RenderGraph graph, IReadOnlyList<Rung> rungs, string preset, string folder)
    {
        var splits = string.Concat(rungs.Select((_, i) => $"[p{i}]"));
        var scales = string.Join(';', rungs.Select((rung, i) => $"[p{i}]scale={rung.Width}:{rung.Height}:flags=bilinear[r{i}]"));
        return
        [
            .. graph.Inputs,
            "-filter_complex", $"{graph.Filters};[picture]split={rungs.Count}{splits};{scales}",
            .. rungs.SelectMany((rung, i) => Picture(rung, i, preset, folder)),
            "-map", "[sound]", "-c:a", "aac", "-b:a", "128k", .. Hls(Path.Combine(folder, Sound)),
        ];
    }

    /// <summary>The whole film in one file: the top rung and the sound, copied.</summary>
    public static IReadOnlyList<string> Film(string folder, Rung top, string output) =>
    [
        "-i", Path.Combine(folder, top.Name, ReplayArguments.Playlist), "-i", Path.Combine(folder, Sound, ReplayArguments.Playlist),
        "-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-movflags", "+faststart", output,
    ];

    public static IReadOnlyList<string> Cover(string film, double atSeconds, string output) =>
        ["-ss", Decimal(atSeconds), "-i", film, "-frames:v", "1", "-q:v", "3", "-f", "image2", "-update", "1", output];

    public static IReadOnlyList<string> Pictures(string film, Storyboard board, string output) =>
    [
        "-i", film, "-an", "-vf",
        $"fps=1/{Decimal(board.IntervalSeconds)}:round=up:start_time=0,scale={Storyboard.TileWidth}:{Storyboard.TileHeight}:force_original_aspect_ratio=decrease,pad={Storyboard.TileWidth}:{Storyboard.TileHeight}:-1:-1,tile={Storyboard.Columns}x{board.Rows}",
        "-frames:v", "1", "-q:v", "5", "-f", "image2", "-update", "1", output,
    ];

    private static string[] Picture(Rung rung, int index, string preset, string folder) =>
    [
        "-map", $"[r{index}]", "-c:v", "libx264", "-preset", preset, "-profile:v", "main", "-pix_fmt", "yuv420p",
        "-b:v", $"{rung.Kbps}k", "-maxrate", $"{rung.Kbps * 6 / 5}k", "-bufsize", $"{rung.Kbps * 2}k",
        "-g", $"{KeyEvery}", "-keyint_min", $"{KeyEvery}", "-sc_threshold", "0",
        .. Hls(Path.Combine(folder, rung.Name)),
    ];

    private static string[] Hls(string folder) =>
    [
        "-f", "hls", "-hls_time", $"{SegmentSeconds}", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4",
        "-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", Path.Combine(folder, "seg%05d.m4s"), Path.Combine(folder, ReplayArguments.Playlist),
    ];

    private static string Decimal(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
