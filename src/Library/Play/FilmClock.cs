using Classroom.Data;

namespace Classroom.Library.Play;

/// <summary>Where a moment of the lesson lies in the film that was cut from it.</summary>
internal static class FilmClock
{
    /// <summary>Null when the moment was cut away.</summary>
    public static long? ToFilm(EditList edit, long lessonMs)
    {
        var before = 0L;
        foreach (var clip in edit.Clips)
        {
            if (lessonMs >= clip.InMs && lessonMs < clip.OutMs)
            {
                return before + lessonMs - clip.InMs;
            }

            before += clip.OutMs - clip.InMs;
        }

        return null;
    }
}
