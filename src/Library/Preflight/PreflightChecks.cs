using Classroom.Data;
using Classroom.Library.Contracts;

namespace Classroom.Library.Preflight;

/// <summary>What is known of a course that is about to be submitted or exported.</summary>
/// <param name="Width">Of the finished film; 0 while there is none.</param>
/// <param name="HasFilm">The film is finished and shows what the edit says.</param>
internal sealed record FilmFacts(long DurationMs, long OpeningMs, int Width, int Height, bool HasFilm, bool HasTitle, bool HasChapter, bool HasPoints);

/// <summary>Holds a film against the rules of a preset and names each one that is broken.</summary>
internal static class PreflightChecks
{
    public static FilmFacts FactsOf(MicroCourse course)
    {
        var edit = EditList.Parse(course.EditJson);
        var film = course.Rendition;
        return new FilmFacts(
            edit.DurationMs, edit.Opening?.LengthMs ?? 0, film?.Width ?? 0, film?.Height ?? 0,
            film is not null && course.State is CourseState.Ready or CourseState.InReview or CourseState.Returned or CourseState.Published or CourseState.Withdrawn,
            course.Title.Trim().Length > 0, course.NodeId is not null, course.Points.Count > 0);
    }

    public static PreflightCheck[] Check(PresetRules rules, FilmFacts film)
    {
        var checks = new List<PreflightCheck>
        {
            new("title", film.HasTitle, IsAdvice: false, "details"),
            new("clips", film.DurationMs > 0, IsAdvice: false, "picture"),
            new("chapter", film.HasChapter, IsAdvice: false, "details"),
            new("points", film.HasPoints, IsAdvice: false, "details"),
            new("film", film.HasFilm, IsAdvice: false, "film"),
        };
        CheckLength(checks, rules, film);
        CheckPicture(checks, rules, film);
        CheckSize(checks, rules, film);
        return [.. checks];
    }

    private static void CheckLength(List<PreflightCheck> checks, PresetRules rules, FilmFacts film)
    {
        if (rules.LeastSeconds is { } least)
        {
            checks.Add(new("short", film.DurationMs >= least * 1000L, IsAdvice: true, "picture", Number(film.DurationMs), Number(least * 1000L)));
        }

        if (rules.MostSeconds is { } most)
        {
            checks.Add(new("long", film.DurationMs <= most * 1000L, IsAdvice: true, "picture", Number(film.DurationMs), Number(most * 1000L)));
        }

        if (rules.MostOpeningSeconds is { } opening)
        {
            checks.Add(new("opening", film.OpeningMs <= opening * 1000L, IsAdvice: true, "cards", Number(film.OpeningMs), Number(opening * 1000L)));
        }
    }

    // A film that is larger than an exact size is made smaller by the export; one that is smaller cannot grow.
    private static void CheckPicture(List<PreflightCheck> checks, PresetRules rules, FilmFacts film)
    {
        if (rules.Width is { } width && rules.Height is { } height)
        {
            var isLargeEnough = film.Width == 0 || (film.Width >= width && film.Height >= height);
            checks.Add(new("size", isLargeEnough, IsAdvice: true, "picture", film.Width == 0 ? "–" : $"{film.Width}×{film.Height}", $"{width}×{height}"));
        }
    }

    // The export keeps to the largest file; it cannot where that would take it below the least rate.
    private static void CheckSize(List<PreflightCheck> checks, PresetRules rules, FilmFacts film)
    {
        if (rules.MostBytes is { } bytes && film.DurationMs > 0)
        {
            var least = rules.LeastKbps ?? ExportRates.LeastKbps;
            var most = bytes * 8 / least;
            checks.Add(new("bytes", film.DurationMs <= most, IsAdvice: true, "picture", Number(film.DurationMs), Number(most)));
        }
    }

    private static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
