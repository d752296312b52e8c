using System.Globalization;
using Classroom.Library.Watching;

namespace Classroom.Library.Statements;

/// <summary>The parts of a film that were watched, as the video profile writes them: 0[.]12[,]20[.]33.5.</summary>
internal static class PlayedSegments
{
    /// <summary>More, and a statement would outgrow what stores take: nobody watches a film in so many pieces.</summary>
    private const int Most = 300;

    public static string Of(byte[] map, long durationMs)
    {
        var (segments, from, seconds) = (new List<string>(), -1, (int)((durationMs + 999) / 1000));
        for (var second = 0; second <= seconds && segments.Count < Most; second++)
        {
            var isWatched = second < seconds && SecondMap.Has(map, second);
            if (isWatched && from < 0)
            {
                from = second;
            }
            else if (!isWatched && from >= 0)
            {
                segments.Add(string.Create(CultureInfo.InvariantCulture, $"{from}[.]{Math.Min(second * 1000L, durationMs) / 1000m}"));
                from = -1;
            }
        }

        return string.Join("[,]", segments);
    }
}
