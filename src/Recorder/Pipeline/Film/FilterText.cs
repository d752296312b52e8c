using System.Text;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Writes values into filter graphs: a path may hold what the graph would read as its own signs.</summary>
internal static class FilterText
{
    /// <summary>Escaped twice, for the option and for the graph (ffmpeg-filters, "Notes on filtergraph escaping").</summary>
    public static string Escape(string value) => With(With(value, "\\':"), "\\'[],;");

    private static string With(string value, string signs)
    {
        var text = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            if (signs.Contains(letter, StringComparison.Ordinal))
            {
                text.Append('\\');
            }

            text.Append(letter);
        }

        return text.ToString();
    }
}
