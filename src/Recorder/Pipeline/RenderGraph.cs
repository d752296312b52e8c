using System.Globalization;
using System.Text;
using Classroom.Data;

namespace Classroom.Recorder.Pipeline;

/// <summary>
/// Builds the filter graph of an edit list: every clip a picture of whole frames and exactly as much sound, on the lesson clock.
/// Where a seat has no picture the film is black; where nobody was recorded it is silent.
/// </summary>
internal sealed class RenderGraph
{
    public const int FramesPerSecond = 25;
    private const int FrameMs = 1000 / FramesPerSecond;
    private const int SamplesPerFrame = 48_000 / FramesPerSecond;

    private const string Stereo = "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo";

    /// <summary>Decoding starts this much earlier, so that a picture that has stood still since then is known (slides send few frames).</summary>
    private const int PreRollMs = 2000;

    /// <summary>
    /// Input options for pictures whose size changes on the way. By default FFmpeg builds its graph anew then, and everything that
    /// counts frames begins again; the filters of <see cref="Fit"/> take the change as it comes.
    /// </summary>
    public static readonly IReadOnlyList<string> AnySize = ["-reinit_filter:v", "0"];

    private readonly List<string> _inputs = [];
    private readonly StringBuilder _filters = new();
    private readonly IReadOnlyList<RenderSource> _sources;
    private readonly Rung _canvas;
    private int _inputCount;

    private RenderGraph(IReadOnlyList<RenderSource> sources, Rung canvas) => (_sources, _canvas) = (sources, canvas);

    /// <summary>-ss, -i and so on.</summary>
    public IReadOnlyList<string> Inputs => _inputs;

    /// <summary>The graph, which ends in [picture] and [sound].</summary>
    public string Filters => _filters.ToString();

    public long Frames { get; private set; }

    public static RenderGraph Build(EditList edit, IReadOnlyList<RenderSource> sources, Rung canvas)
    {
        var graph = new RenderGraph(sources, canvas);
        for (var i = 0; i < edit.Clips.Count; i++)
        {
            var clip = edit.Clips[i];
            graph.AddPicture(clip, i);
            graph.AddSound(clip, i);
            graph.Frames += FramesOf(clip.OutMs - clip.InMs);
        }

        graph.Join(edit.Clips.Count);
        return graph;
    }

    /// <summary>Filters that bring pictures of any size into this one, whole and with black bars.</summary>
    public static string Fit(int width, int height) =>
        $"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2,pad={width}:{height}:-1:-1:black:eval=frame";

    private static long FramesOf(long ms) => (ms + (FrameMs / 2)) / FrameMs;

    private void AddPicture(EditClip clip, int index)
    {
        var (w, h) = (_canvas.Width, _canvas.Height);
        switch (clip.Layout)
        {
            case EditLayout.SideBySide:
                AddSeat(clip, 0, w / 4 * 2, h, $"c{index}a");
                AddSeat(clip, 1, w - (w / 4 * 2), h, $"c{index}b");
                Line($"[c{index}a][c{index}b]hstack=inputs=2[v{index}]");
                break;
            case EditLayout.PictureInPicture:
                AddSeat(clip, 0, w, h, $"c{index}a");
                AddSeat(clip, 1, w / 8 * 2, h / 8 * 2, $"c{index}b");
                Line($"[c{index}b]pad=iw+4:ih+4:2:2:white[c{index}d]");
                Line($"[c{index}a][c{index}d]overlay=W-w-{w / 40}:H-h-{w / 40}:shortest=1[v{index}]");
                break;
            default:
                AddSeat(clip, 0, w, h, $"v{index}");
                break;
        }
    }

    /// <summary>A seat's picture for the length of the clip, put together from its files and black where there is none.</summary>
    private void AddSeat(EditClip clip, int seat, int width, int height, string label)
    {
        var pieces = new List<string>();
        var cursor = clip.InMs;
        foreach (var source in _sources.Where(source => source.HasVideo && source.SeatRef == clip.Seats[seat] && source.Overlaps(clip.InMs, clip.OutMs)).OrderBy(source => source.StartMs))
        {
            var from = Math.Max(cursor, source.StartMs);
            var to = Math.Min(clip.OutMs, source.EndMs);
            if (to <= from)
            {
                continue;
            }

            AddBlack(cursor, from);
            AddPiece(source, from, to);
            cursor = to;
        }

        AddBlack(cursor, clip.OutMs);
        Line($"{string.Concat(pieces.Select(piece => $"[{piece}]"))}concat=n={pieces.Count}:v=1:a=0[{label}]");

        void AddBlack(long from, long to) => Add(from, to, _ => $"color=black:s={width}x{height}:r={FramesPerSecond}");

        void AddPiece(RenderSource source, long from, long to) => Add(from, to, _ =>
        {
            var offset = from - source.StartMs;
            var preRoll = Math.Min(PreRollMs, offset) / FrameMs * FrameMs;
            var input = Input(source.Path, offset - preRoll, to - from + preRoll);
            return $"[{input}:v:0]{Fit(width, height)},"
                + $"fps={FramesPerSecond}:start_time=0,trim=start_frame={preRoll / FrameMs},setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone";
        });

        // Frames are counted from the clip's beginning, so that rounding never adds up.
        void Add(long from, long to, Func<long, string> chain)
        {
            var count = FramesOf(to - clip.InMs) - FramesOf(from - clip.InMs);
            if (count > 0)
            {
                var name = $"{label}p{pieces.Count}";
                Line($"{chain(count)},trim=end_frame={count},setsar=1,format=yuv420p[{name}]");
                pieces.Add(name);
            }
        }
    }

    /// <summary>The sound of everybody who was recorded then, mixed as it was.</summary>
    private void AddSound(EditClip clip, int index)
    {
        var samples = FramesOf(clip.OutMs - clip.InMs) * SamplesPerFrame;
        var voices = new List<string>();
        foreach (var source in _sources.Where(source => source.HasAudio && source.Overlaps(clip.InMs, clip.OutMs)))
        {
            var from = Math.Max(clip.InMs, source.StartMs);
            var input = Input(source.Path, from - source.StartMs, Math.Min(clip.OutMs, source.EndMs) - from);
            var name = $"s{index}n{voices.Count}";
            Line($"[{input}:a:0]aresample=48000:async=1:first_pts=0,{Stereo},adelay={from - clip.InMs}:all=1[{name}]");
            voices.Add(name);
        }

        var mix = voices.Count == 0
            ? $"anullsrc=r=48000:cl=stereo,{Stereo}"
            : $"{string.Concat(voices.Select(voice => $"[{voice}]"))}amix=inputs={voices.Count}:duration=longest:normalize=0,{Stereo},apad";
        Line($"{mix},atrim=end_sample={samples}[a{index}]");
    }

    private void Join(int clips)
    {
        var parts = string.Concat(Enumerable.Range(0, clips).Select(i => $"[v{i}][a{i}]"));
        Line($"{parts}concat=n={clips}:v=1:a=1[picture][mixed]");
        // EBU R 128 in one pass; it works at 192 kHz inside. Without the layouts said, the link behind it stays undecided.
        Line($"[mixed]{Stereo},loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000,{Stereo}[sound]");
    }

    private int Input(string path, long fromMs, long lengthMs)
    {
        _inputs.AddRange([.. AnySize, "-ss", Seconds(fromMs), "-t", Seconds(lengthMs), "-i", path]);
        return _inputCount++;
    }

    private void Line(string filter) => _filters.Append(_filters.Length == 0 ? "" : ";").Append(filter);

    private static string Seconds(long ms) => (ms / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
