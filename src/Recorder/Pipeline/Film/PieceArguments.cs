using System.Globalization;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>FFmpeg arguments of pieces and of what is made from them.</summary>
internal static class PieceArguments
{
    /// <summary>A fragment, and a key frame, every two seconds: at the same places on every rung.</summary>
    private const int KeyEvery = 2 * FilmClock.FramesPerSecond;

    /// <summary>The mixes are kept this much quieter, so that several loud voices together do not clip.</summary>
    public const int HeadroomDb = 12;

    /// <summary>Loudness that films are brought to, EBU R 128.</summary>
    public const double TargetLufs = -16;

    /// <summary>Peaks are held below −1.5 dBTP; the limiter sees samples, a little is left for what lies between them.</summary>
    private const string Limit = "0.8";

    /// <summary>The delay of an AAC encoder. So much is left out at the beginning: the sound then stands where it belongs, on every player.</summary>
    private const int AacDelay = 1024;

    /// <summary>One decoding, all rungs. Pictures are not reordered: a piece begins at its own zero, and the first frame of one follows the last of another.</summary>
    public static IReadOnlyList<string> Picture(IReadOnlyList<string> inputs, string filters, IReadOnlyList<Rung> rungs, string preset, Func<Rung, string> output)
    {
        var splits = string.Concat(rungs.Select((_, i) => $"[p{i}]"));
        var scales = string.Join(';', rungs.Select((rung, i) => $"[p{i}]scale={rung.Width}:{rung.Height}:flags=bilinear[r{i}]"));
        return
        [
            .. inputs, "-filter_complex", $"{filters};[picture]{FilmColours.Say},split={rungs.Count}{splits};{scales}",
            .. rungs.SelectMany((rung, i) => (string[])
            [
                "-map", $"[r{i}]", "-c:v", "libx264", "-preset", preset, "-profile:v", "main", "-pix_fmt", "yuv420p", "-bf", "0",
                "-b:v", $"{rung.Kbps}k", "-maxrate", $"{rung.Kbps * 6 / 5}k", "-bufsize", $"{rung.Kbps * 2}k",
                "-g", $"{KeyEvery}", "-keyint_min", $"{KeyEvery}", "-sc_threshold", "0", "-video_track_timescale", "90000",
                "-f", "mp4", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", output(rung),
            ]),
        ];
    }

    public static IReadOnlyList<string> Mix(SoundGraph graph, string output) =>
    [
        .. graph.Inputs, "-filter_complex", $"{graph.Filters};[sound]volume=-{HeadroomDb}dB[mix]", "-map", "[mix]",
        "-c:a", "flac", "-sample_fmt", "s32", "-compression_level", "1", "-f", "flac", output,
    ];

    /// <summary>Writes the loudness of the whole film so far, ten times a second, into a report.</summary>
    /// <param name="gainDb">As it would be with this gain; null: as it is.</param>
    public static IReadOnlyList<string> Measure(IReadOnlyList<SoundPiece> pieces, IReadOnlyList<string?> mixes, double? gainDb, string report) =>
    [
        .. Inputs(mixes), "-filter_complex",
        $"{Join(pieces, mixes)}{(gainDb is { } gain ? Louder(gain) : "")},ebur128=metadata=1,ametadata=mode=print:key=lavfi.r128.I:file={FilterText.Escape(report)}[sound]",
        "-map", "[sound]", "-f", "null", "-",
    ];

    public static IReadOnlyList<string> Sound(IReadOnlyList<SoundPiece> pieces, IReadOnlyList<string?> mixes, double gainDb, string output) =>
    [
        .. Inputs(mixes), "-filter_complex", $"{Join(pieces, mixes)}{Louder(gainDb)},{SoundGraph.Stereo},atrim=start_sample={AacDelay},asetpts=PTS-STARTPTS[sound]",
        "-map", "[sound]", "-c:a", "aac", "-b:a", "128k", "-f", "mp4", "-movflags", "+empty_moov+default_base_moof", "-frag_duration", "4000000", output,
    ];

    /// <summary>The whole film in one file: the top rung and the sound, copied.</summary>
    public static IReadOnlyList<string> Film(string picture, string sound, string output) =>
        ["-i", picture, "-i", sound, "-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-movflags", "+faststart", output];

    public static IReadOnlyList<string> Cover(string film, double atSeconds, string output) =>
        ["-ss", Decimal(atSeconds), "-i", film, "-frames:v", "1", "-q:v", "3", "-f", "image2", "-update", "1", output];

    /// <summary>A cover of one's own, whole and with black bars at the film's size.</summary>
    public static IReadOnlyList<string> CoverOf(string picture, Rung size, string output) =>
        [.. MediaProbe.NothingElse, "-i", picture, "-frames:v", "1", "-vf", PictureFit.Into(size.Width, size.Height), "-map_metadata", "-1", "-q:v", "3", "-f", "image2", "-update", "1", output];

    public static IReadOnlyList<string> Pictures(string film, Storyboard board, string output) =>
    [
        // Key frames come every two seconds: more are decoded only where more are shown.
        .. board.IntervalSeconds < 2 ? Array.Empty<string>() : ["-skip_frame", "nokey"], "-i", film, "-an", "-vf",
        $"fps=1/{Decimal(board.IntervalSeconds)}:round=up:start_time=0,scale={Storyboard.TileWidth}:{Storyboard.TileHeight}:force_original_aspect_ratio=decrease,pad={Storyboard.TileWidth}:{Storyboard.TileHeight}:-1:-1,tile={Storyboard.Columns}x{board.Rows}",
        "-frames:v", "1", "-q:v", "5", "-f", "image2", "-update", "1", output,
    ];

    private static IEnumerable<string> Inputs(IReadOnlyList<string?> mixes) => mixes.OfType<string>().SelectMany(mix => (string[])["-i", mix]);

    private static string Louder(double gainDb) =>
        $",volume={Decimal(gainDb)}dB:precision=double,alimiter=limit={Limit}:level=false:attack=5:release=60:latency=true";

    // Silence has no file: its samples are made here.
    private static string Join(IReadOnlyList<SoundPiece> pieces, IReadOnlyList<string?> mixes)
    {
        var (lines, input) = (new List<string>(), 0);
        for (var i = 0; i < pieces.Count; i++)
        {
            lines.Add(mixes[i] is null
                ? $"anullsrc=r=48000:cl=stereo,atrim=end_sample={pieces[i].Frames * FilmClock.SamplesPerFrame},{SoundGraph.Stereo}[m{i}]"
                : $"[{input++}:a:0]{SoundGraph.Stereo}[m{i}]");
        }

        return $"{string.Join(';', lines)};{string.Concat(pieces.Select((_, i) => $"[m{i}]"))}concat=n={pieces.Count}:v=0:a=1,{SoundGraph.Stereo}";
    }

    private static string Decimal(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
