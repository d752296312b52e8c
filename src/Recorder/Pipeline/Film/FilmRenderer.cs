using Classroom.Data;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Makes a film's files from captured tracks: what pieces are missing, then HLS rungs, MP4, cover and storyboard by joining them.</summary>
internal sealed class FilmRenderer(FfmpegRunner ffmpeg, EncoderVersion encoder, MediaProbe probe, IOptions<RecorderOptions> options)
{
    private const double PicturesShare = 0.8;
    private const double SoundShare = 0.08;

    /// <param name="folder">Gets the film.</param>
    /// <param name="pieces">Where pieces are found and kept.</param>
    public async Task<RenderedFilm> RenderAsync(FilmOrder order, PieceStore pieces, string folder, Action<double, string> report, CancellationToken cancellationToken)
    {
        FilmChecks.Check(order.Edit, order.Sources);
        order = order with { Sources = await ProbeAsync(order.Sources, cancellationToken) };
        var rungs = Ladder.For(SourceHeight(order), options.Value.MaxHeight);
        var plan = FilmPlan.Of(order.Edit, order.Words);
        FilmChecks.CheckSpace(folder, rungs, plan.Frames);
        var key = new PieceKey(await encoder.ReadAsync(cancellationToken), rungs, options.Value.Preset);
        var maker = new PieceMaker(ffmpeg, pieces, order, key, rungs, options.Value.Preset);

        var (pictures, sound) = await MakeAsync(maker, plan, report, cancellationToken);
        report(PicturesShare + SoundShare, "join");
        await JoinAsync(pictures, sound, rungs, folder, pieces, cancellationToken);
        await FinishAsync(order, rungs[0], plan, folder, report, cancellationToken);
        await pieces.CleanUpAsync(cancellationToken);
        return new RenderedFilm(rungs[0], plan.Frames * FilmClock.FrameMs, maker.Made);
    }

    // Sound takes what an encoder of pictures leaves of the processor. The first failure ends both.
    private static async Task<(IReadOnlyList<PictureFiles> Pictures, string Sound)> MakeAsync(
        PieceMaker maker, FilmPlan plan, Action<double, string> report, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (seen, heard) = (0.0, 0.0);
        var pictures = maker.PicturesAsync(plan.Pictures, share => Report(ref seen, share), stop.Token);
        var sound = maker.SoundAsync(plan.Sounds, share => Report(ref heard, share), stop.Token);
        try
        {
            await await Task.WhenAny(pictures, sound);
            return (await pictures, await sound);
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(pictures, sound)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Report(ref double own, double share)
        {
            Volatile.Write(ref own, share);
            report((Volatile.Read(ref seen) * PicturesShare) + (Volatile.Read(ref heard) * SoundShare), "encode");
        }
    }

    // What the row says was known when the file began; the file may hold no sound after all. A size that the row has larger is that
    // of a later picture.
    private async Task<IReadOnlyList<RenderSource>> ProbeAsync(IReadOnlyList<RenderSource> sources, CancellationToken cancellationToken)
    {
        var probed = new List<RenderSource>();
        foreach (var source in sources)
        {
            var media = await probe.ReadAsync(source.Path, cancellationToken);
            probed.Add(source with
            {
                HasVideo = media.VideoCodec is not null,
                HasAudio = media.AudioCodec is not null,
                Width = Math.Max(source.Width, media.Width) / 2 * 2,
                Height = Math.Max(source.Height, media.Height) / 2 * 2,
            });
        }

        return probed;
    }

    private static int SourceHeight(FilmOrder order) =>
        order.Sources.Where(source => source.HasVideo && order.Edit.Clips.Any(clip => clip.Seats.Contains(source.SeatRef))).Max(source => source.Height);

    private static async Task JoinAsync(
        IReadOnlyList<PictureFiles> pictures, string sound, IReadOnlyList<Rung> rungs, string folder, PieceStore pieces, CancellationToken cancellationToken)
    {
        var joined = new List<(Rung, HlsRendition)>();
        foreach (var rung in rungs)
        {
            var rendition = await RenditionWriter.JoinAsync([.. pictures.Select(piece => piece.Of(rung))], Path.Combine(folder, rung.Name), cancellationToken);
            if (rendition is null)
            {
                await pieces.ForgetAllAsync(cancellationToken);
                throw new PipelineException("Pieces of an earlier film do not fit the new ones; all of them are made anew.", retry: true, code: "pieces_differ");
            }

            joined.Add((rung, rendition));
        }

        var heard = await RenditionWriter.JoinAsync([sound], Path.Combine(folder, FilmFiles.Sound), cancellationToken);
        await FilmPlaylists.WriteAsync(folder, joined, heard!, cancellationToken);
    }

    private async Task FinishAsync(FilmOrder order, Rung top, FilmPlan plan, string folder, Action<double, string> report, CancellationToken cancellationToken)
    {
        var film = Path.Combine(folder, FilmFiles.Film);
        var picture = Path.Combine(folder, top.Name, RenditionWriter.Media);
        await ffmpeg.RunAsync(PieceArguments.Film(picture, Path.Combine(folder, FilmFiles.Sound, RenditionWriter.Media), film), static _ => { }, cancellationToken);

        report(0.92, "pictures");
        var seconds = FilmClock.Seconds(plan.Frames);
        var cover = Path.Combine(folder, FilmFiles.Cover);
        var at = order.Edit.Cover is { } chosen ? Math.Min(chosen.AtMs / 1000.0, seconds - FilmClock.Seconds(1)) : seconds / 3;
        await ffmpeg.RunAsync(order.CoverFile is { } file ? PieceArguments.CoverOf(file, top, cover) : PieceArguments.Cover(film, at, cover), static _ => { }, cancellationToken);
        var board = new Storyboard(seconds);
        await ffmpeg.RunAsync(PieceArguments.Pictures(film, board, Path.Combine(folder, FilmFiles.Storyboard)), static _ => { }, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, FilmFiles.StoryboardVtt), board.Vtt(FilmFiles.Storyboard), cancellationToken);
    }
}
