namespace Classroom.Data;

/// <summary>A stretch of time in milliseconds.</summary>
public readonly record struct TimeSpanMs(long FromMs, long ToMs);

/// <summary>Translates between the clock of a lesson and that of the film that is cut from it.</summary>
public static class FilmTimes
{
    /// <summary>Where the film shows this stretch of the lesson: nowhere, once, or once in each clip that has some of it.</summary>
    public static IEnumerable<TimeSpanMs> OfLesson(EditList edit, long fromMs, long toMs)
    {
        var before = (long)(edit.Opening?.LengthMs ?? 0);
        foreach (var clip in edit.Clips)
        {
            var (from, to) = (Math.Max(fromMs, clip.InMs), Math.Min(toMs, clip.OutMs));
            if (to > from)
            {
                yield return new TimeSpanMs(before + from - clip.InMs, before + to - clip.InMs);
            }

            before += clip.OutMs - clip.InMs;
        }
    }

    /// <summary>What the film shows in this stretch of it, in times of the lesson; null on its cards and behind its end. A stretch over a cut ends there.</summary>
    public static TimeSpanMs? ToLesson(EditList edit, long fromMs, long toMs)
    {
        var before = (long)(edit.Opening?.LengthMs ?? 0);
        foreach (var clip in edit.Clips)
        {
            var length = clip.OutMs - clip.InMs;
            var (from, to) = (Math.Max(fromMs - before, 0), Math.Min(toMs - before, length));
            if (from < to)
            {
                return new TimeSpanMs(clip.InMs + from, clip.InMs + to);
            }

            before += length;
        }

        return null;
    }
}
