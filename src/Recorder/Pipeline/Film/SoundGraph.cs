using System.Globalization;
using System.Text;
using Classroom.Data;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>The sound of everybody who was recorded in a stretch of the lesson, mixed as it was; silent where nobody was, or where somebody must not be heard.</summary>
internal sealed class SoundGraph
{
    /// <summary>Samples as every part of the sound has them.</summary>
    public const string Stereo = "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo";

    /// <summary>A decoder of Opus that begins in the middle needs 80 ms to be right (RFC 7845 §4.6).</summary>
    private const int PreRollMs = 200;

    private readonly List<string> _inputs = [];
    private readonly StringBuilder _filters = new();

    public IReadOnlyList<string> Inputs => _inputs;

    /// <summary>The graph, which ends in [sound].</summary>
    public string Filters => _filters.ToString();

    public static SoundGraph Build(SoundPiece piece, IReadOnlyList<RenderSource> sources, IReadOnlyList<EditMute> mutes)
    {
        var graph = new SoundGraph();
        var from = piece.FromMs ?? throw new ArgumentException("Silence needs no graph.", nameof(piece));
        var voices = sources.Where(source => source.HasAudio && source.Overlaps(from, piece.ToMs)).ToList();
        for (var i = 0; i < voices.Count; i++)
        {
            graph.AddVoice(voices[i], i, from, piece.ToMs, mutes);
        }

        var mix = voices.Count == 0
            ? $"anullsrc=r=48000:cl=stereo,{Stereo}"
            : $"{string.Concat(voices.Select((_, i) => $"[n{i}]"))}amix=inputs={voices.Count}:duration=longest:normalize=0,{Stereo},apad";
        graph.Line($"{mix},atrim=end_sample={piece.Frames * FilmClock.SamplesPerFrame}[sound]");
        return graph;
    }

    private void AddVoice(RenderSource source, int index, long fromMs, long toMs, IReadOnlyList<EditMute> mutes)
    {
        var from = Math.Max(fromMs, source.StartMs);
        var offset = from - source.StartMs;
        var preRoll = Math.Min(PreRollMs, offset);
        _inputs.AddRange(["-vn", "-ss", Seconds(offset - preRoll), "-t", Seconds(Math.Min(toMs, source.EndMs) - from + preRoll), "-i", source.Path]);
        var silences = mutes.Where(mute => (mute.Seat is null || mute.Seat == source.SeatRef) && mute.FromMs < toMs && mute.ToMs > from)
            .Select(mute => $",volume=0:enable='between(t,{Seconds(mute.FromMs - from)},{Seconds(mute.ToMs - from)})'");
        Line($"[{index}:a:0]aresample=48000:async=1:first_pts=0,{Stereo},atrim=start_sample={preRoll * FilmClock.SampleRate / 1000},asetpts=PTS-STARTPTS"
            + $"{string.Concat(silences)},adelay={from - fromMs}:all=1[n{index}]");
    }

    private void Line(string filter) => _filters.Append(_filters.Length == 0 ? "" : ";").Append(filter);

    private static string Seconds(long ms) => (ms / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
