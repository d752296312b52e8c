using Classroom.Data;
using Classroom.Recorder.Mp4;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>The files of one piece, one for each rung.</summary>
internal sealed record PictureFiles(IReadOnlyDictionary<Rung, string> Paths)
{
    public string Of(Rung rung) => Paths[rung];
}

/// <summary>Makes the pieces of one film that are not there yet; pictures and sound may be made at the same time.</summary>
internal sealed class PieceMaker(
    FfmpegRunner ffmpeg, PieceStore pieces, FilmOrder order, PieceKey key, IReadOnlyList<Rung> rungs, string preset)
{
    private int _made;

    public int Made => Volatile.Read(ref _made);

    /// <param name="report">Called with the part that is done, 0 to 1; pieces that are there count for nothing.</param>
    public async Task<IReadOnlyList<PictureFiles>> PicturesAsync(IReadOnlyList<FilmPiece> film, Action<double> report, CancellationToken cancellationToken)
    {
        var found = new PictureFiles?[film.Count];
        for (var i = 0; i < film.Count; i++)
        {
            found[i] = await FindAsync(NameOf(film[i]), cancellationToken);
        }

        var (done, total) = (0L, Math.Max(1, film.Where((_, i) => found[i] is null).Sum(piece => piece.Frames)));
        for (var i = 0; i < film.Count; i++)
        {
            // The same piece may stand in the film twice.
            found[i] ??= await FindAsync(NameOf(film[i]), cancellationToken)
                ?? await MakeAsync(film[i], reached => report((done + (reached.TotalSeconds * FilmClock.FramesPerSecond)) / total), cancellationToken);
            done += film[i].Frames;
        }

        return found!;
    }

    /// <returns>The finished sound of the whole film.</returns>
    public async Task<string> SoundAsync(IReadOnlyList<SoundPiece> film, Action<double> report, CancellationToken cancellationToken)
    {
        var names = film.Select(piece => key.Of(piece, order.Edit, order.Sources)).ToList();
        var name = key.OfSound(film.Zip(names, (piece, mix) => piece.FromMs is null ? $"silence {piece.Frames}" : mix)) + ".mp4";

        // Mixes are looked for also when the whole is there: they are still wanted.
        var mixes = new string?[film.Count];
        for (var i = 0; i < film.Count; i++)
        {
            mixes[i] = film[i].FromMs is null ? null : await pieces.FindAsync($"{names[i]}.flac", cancellationToken) ?? await MixAsync(film[i], $"{names[i]}.flac", cancellationToken);
            report((i + 1.0) / film.Count / 2);
        }

        return await pieces.FindAsync(name, cancellationToken) ?? await JoinAsync(film, mixes, name, cancellationToken);
    }

    private string NameOf(FilmPiece piece) => key.Of(piece, order.Edit, order.Sources);

    private static string FileOf(string name, Rung rung) => $"{name}-{rung.Name}.mp4";

    private async Task<PictureFiles?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var paths = new Dictionary<Rung, string>();
        foreach (var rung in rungs)
        {
            if (await pieces.FindAsync(FileOf(name, rung), cancellationToken) is { } path)
            {
                paths.Add(rung, path);
            }
        }

        return paths.Count == rungs.Count ? new PictureFiles(paths) : null;
    }

    private async Task<PictureFiles> MakeAsync(FilmPiece piece, Action<TimeSpan> onProgress, CancellationToken cancellationToken)
    {
        var name = NameOf(piece);
        var (inputs, filters) = await GraphAsync(piece, name, cancellationToken);
        await ffmpeg.RunAsync(PieceArguments.Picture(inputs, filters, rungs, preset, rung => pieces.PathFor(FileOf(name, rung))), onProgress, cancellationToken);
        Interlocked.Increment(ref _made);
        var paths = new Dictionary<Rung, string>();
        foreach (var rung in rungs)
        {
            Demand(pieces.PathFor(FileOf(name, rung)), piece.Frames);
            paths.Add(rung, await pieces.KeepAsync(FileOf(name, rung), pieces.PathFor(FileOf(name, rung)), cancellationToken));
        }

        return new PictureFiles(paths);
    }

    private async Task<(IReadOnlyList<string> Inputs, string Filters)> GraphAsync(FilmPiece piece, string name, CancellationToken cancellationToken)
    {
        if (piece is ClipPiece part)
        {
            var graph = PictureGraph.Build(part, order.Sources, order.Edit.Blurs, rungs[0]);
            return (graph.Inputs, graph.Filters);
        }

        var card = (CardPiece)piece;
        var script = pieces.PathFor(name + ".ass");
        await File.WriteAllTextAsync(script, CardDrawing.Script(card), cancellationToken);
        return ([], CardDrawing.Filters(card, rungs[0], script) + "[picture]");
    }

    // A piece that lacks a frame would move everything behind it.
    private static void Demand(string path, long frames)
    {
        var boxes = Mp4Fragments.Read(path);
        if (boxes.Duration * FilmClock.FramesPerSecond != frames * boxes.TimeScale)
        {
            throw new PipelineException($"The encoder made {(double)boxes.Duration / boxes.TimeScale:0.00} s instead of {FilmClock.Seconds(frames):0.00} s.", retry: true, code: "encoder_failed");
        }
    }

    private async Task<string> MixAsync(SoundPiece piece, string name, CancellationToken cancellationToken)
    {
        var path = pieces.PathFor(name);
        await ffmpeg.RunAsync(PieceArguments.Mix(SoundGraph.Build(piece, order.Sources, order.Edit.Mutes), path), static _ => { }, cancellationToken);
        Interlocked.Increment(ref _made);
        return await pieces.KeepAsync(name, path, cancellationToken);
    }

    private async Task<string> JoinAsync(IReadOnlyList<SoundPiece> film, IReadOnlyList<string?> mixes, string name, CancellationToken cancellationToken)
    {
        var gain = Loudness.GainFor(await MeasureAsync(film, mixes, gainDb: null, cancellationToken));

        // What the limiter takes away from peaks is given back.
        gain += Loudness.CorrectionFor(await MeasureAsync(film, mixes, gain, cancellationToken));
        var path = pieces.PathFor(name);
        await ffmpeg.RunAsync(PieceArguments.Sound(film, mixes, gain, path), static _ => { }, cancellationToken);
        Interlocked.Increment(ref _made);
        return await pieces.KeepAsync(name, path, cancellationToken);
    }

    private async Task<double> MeasureAsync(IReadOnlyList<SoundPiece> film, IReadOnlyList<string?> mixes, double? gainDb, CancellationToken cancellationToken)
    {
        var report = pieces.PathFor("loudness.txt");
        await ffmpeg.RunAsync(PieceArguments.Measure(film, mixes, gainDb, report), static _ => { }, cancellationToken);
        return Loudness.Read(report);
    }
}
