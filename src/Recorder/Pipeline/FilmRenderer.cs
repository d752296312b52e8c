using Classroom.Data;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline;

/// <summary>Names of a film's files below its prefix.</summary>
internal static class FilmFiles
{
    public const string Master = "master.m3u8";
    public const string Film = "film.mp4";
    public const string Cover = "cover.jpg";
    public const string Storyboard = "storyboard.jpg";
    public const string StoryboardVtt = "storyboard.vtt";
}

internal sealed record RenderedFilm(Rung Top, long DurationMs);

/// <summary>Makes a film's files from captured tracks: HLS rungs, MP4, cover, storyboard.</summary>
internal sealed class FilmRenderer(FfmpegRunner ffmpeg, MediaProbe probe, IOptions<RecorderOptions> options)
{
    private const double EncodeShare = 0.88;

    public async Task<RenderedFilm> RenderAsync(EditList edit, IReadOnlyList<RenderSource> sources, string folder, Action<double, string> report, CancellationToken cancellationToken)
    {
        Check(edit, sources);
        sources = await ProbeAsync(sources, cancellationToken);
        var rungs = Ladder.For(SourceHeight(edit, sources), options.Value.MaxHeight);
        var graph = RenderGraph.Build(edit, sources, rungs[0]);
        foreach (var name in rungs.Select(rung => rung.Name).Append(RenderArguments.Sound))
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        var seconds = (double)graph.Frames / RenderGraph.FramesPerSecond;
        await ffmpeg.RunAsync(
            RenderArguments.Encode(graph, rungs, options.Value.Preset, folder),
            reached => report(Math.Min(1, reached.TotalSeconds / seconds) * EncodeShare, "encode"),
            cancellationToken);
        await WriteMasterAsync(folder, rungs, cancellationToken);
        await WritePicturesAsync(folder, rungs[0], seconds, report, cancellationToken);
        return new RenderedFilm(rungs[0], (long)(seconds * 1000));
    }

    private static void Check(EditList edit, IReadOnlyList<RenderSource> sources)
    {
        if (edit.Clips.Count == 0 || edit.Clips.Any(clip => clip.OutMs <= clip.InMs || clip.InMs < 0))
        {
            throw new PipelineException("The edit has no clip, or a clip that ends before it begins.", retry: false);
        }

        foreach (var clip in edit.Clips)
        {
            if (clip.Seats.Count < (clip.Layout == EditLayout.Single ? 1 : 2))
            {
                throw new PipelineException("A clip names fewer seats than its layout shows.", retry: false);
            }

            if (!clip.Seats.Any(seat => sources.Any(source => source.HasVideo && source.SeatRef == seat && source.Overlaps(clip.InMs, clip.OutMs))))
            {
                throw new PipelineException($"Nothing was recorded of {string.Join(", ", clip.Seats)} between {TimeSpan.FromMilliseconds(clip.InMs):hh\\:mm\\:ss} and {TimeSpan.FromMilliseconds(clip.OutMs):hh\\:mm\\:ss}.", retry: false);
            }
        }
    }

    // What the row says was known when the file began; the file may hold no sound after all. A height that the row has larger is that
    // of a later picture.
    private async Task<IReadOnlyList<RenderSource>> ProbeAsync(IReadOnlyList<RenderSource> sources, CancellationToken cancellationToken)
    {
        var probed = new List<RenderSource>();
        foreach (var source in sources)
        {
            var media = await probe.ReadAsync(source.Path, cancellationToken);
            probed.Add(source with { HasVideo = media.VideoCodec is not null, HasAudio = media.AudioCodec is not null, Height = Math.Max(source.Height, media.Height) });
        }

        return probed;
    }

    private static int SourceHeight(EditList edit, IReadOnlyList<RenderSource> sources) =>
        sources.Where(source => source.HasVideo && edit.Clips.Any(clip => clip.Seats.Contains(source.SeatRef))).Max(source => source.Height);

    private static Task WriteMasterAsync(string folder, IReadOnlyList<Rung> rungs, CancellationToken cancellationToken)
    {
        var read = rungs.Select(rung => (rung, HlsRendition.Read(Path.Combine(folder, rung.Name)))).ToList();
        var master = MasterPlaylist.Write(read, HlsRendition.Read(Path.Combine(folder, RenderArguments.Sound)));
        return File.WriteAllTextAsync(Path.Combine(folder, FilmFiles.Master), master, cancellationToken);
    }

    private async Task WritePicturesAsync(string folder, Rung top, double seconds, Action<double, string> report, CancellationToken cancellationToken)
    {
        var film = Path.Combine(folder, FilmFiles.Film);
        report(EncodeShare, "film");
        await ffmpeg.RunAsync(RenderArguments.Film(folder, top, film), static _ => { }, cancellationToken);
        report(0.9, "pictures");
        await ffmpeg.RunAsync(RenderArguments.Cover(film, seconds / 3, Path.Combine(folder, FilmFiles.Cover)), static _ => { }, cancellationToken);
        var board = new Storyboard(seconds);
        await ffmpeg.RunAsync(RenderArguments.Pictures(film, board, Path.Combine(folder, FilmFiles.Storyboard)), static _ => { }, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, FilmFiles.StoryboardVtt), board.Vtt(FilmFiles.Storyboard), cancellationToken);
    }
}
