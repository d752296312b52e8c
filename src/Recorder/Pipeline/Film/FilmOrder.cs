using Classroom.Data;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Everything that a film is made from.</summary>
/// <param name="CoverFile">An uploaded picture for the cover; null: a frame.</param>
internal sealed record FilmOrder(EditList Edit, CardWords Words, IReadOnlyList<RenderSource> Sources, string? CoverFile = null);

/// <param name="MadePieces">How many pieces had to be made; the others were there.</param>
internal sealed record RenderedFilm(Rung Top, long DurationMs, int MadePieces);

/// <summary>Refuses what cannot become a film, in words that an editor understands.</summary>
internal static class FilmChecks
{
    /// <summary>The ladder's rates, and the same once more for the pieces that are joined and the film in one file.</summary>
    private const double CopiesOnDisk = 3;

    public static void Check(EditList edit, IReadOnlyList<RenderSource> sources)
    {
        if (edit.Clips.Count == 0 || edit.Clips.Any(clip => clip.OutMs <= clip.InMs || clip.InMs < 0))
        {
            throw new PipelineException("The edit has no clip, or a clip that ends before it begins.", retry: false, code: "bad_edit");
        }

        foreach (var clip in edit.Clips)
        {
            var (least, most) = EditLayouts.SeatsOf(clip.Layout);
            if (clip.Seats.Count < least || clip.Seats.Count > most)
            {
                throw new PipelineException("A clip names other seats than its layout shows.", retry: false, code: "bad_edit");
            }

            if (!clip.Seats.Any(seat => sources.Any(source => source.HasVideo && source.SeatRef == seat && source.Overlaps(clip.InMs, clip.OutMs))))
            {
                throw new PipelineException(
                    $"Nothing was recorded of {string.Join(", ", clip.Seats)} between {TimeSpan.FromMilliseconds(clip.InMs):hh\\:mm\\:ss} and {TimeSpan.FromMilliseconds(clip.OutMs):hh\\:mm\\:ss}.",
                    retry: false, code: "nothing_recorded");
            }
        }
    }

    /// <summary>Says that the disk is too full before an hour of work is lost to it.</summary>
    public static void CheckSpace(string folder, IReadOnlyList<Rung> rungs, long frames)
    {
        var needed = (long)(rungs.Sum(rung => rung.Kbps) * 125.0 * FilmClock.Seconds(frames) * CopiesOnDisk);
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
        {
            throw new PipelineException($"The film needs {Megabytes(needed)} MB of the work disk, {Megabytes(free)} MB are free.", retry: true, code: "disk_full");
        }

        static long Megabytes(long bytes) => (bytes / 1_000_000) + 1;
    }
}
