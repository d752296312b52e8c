using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>
/// Spends a budget on streams that are sorted by class and weight. Audio always; then the least layer of each, class by
/// class; then, once nobody is without, better layers class by class. Within a class it goes level by level, and the
/// first step that does not fit ends the class: so a greater budget never takes anything from the first class that it changes.
/// </summary>
internal static class LayerFill
{
    /// <summary>Sets <see cref="WantedStream.Trial"/> of each stream, never above its <see cref="WantedStream.Cap"/>.</summary>
    /// <returns>What it costs.</returns>
    public static Bitrate Run(List<WantedStream> streams, Bitrate budget)
    {
        var left = budget;
        var everyoneServed = true;
        for (var start = 0; start < streams.Count;)
        {
            var end = EndOfClass(streams, start);
            everyoneServed &= Begin(streams, start, end, ref left);
            start = end;
        }

        for (var start = 0; everyoneServed && start < streams.Count;)
        {
            var end = EndOfClass(streams, start);
            Raise(streams, start, end, ref left);
            start = end;
        }

        return budget - left;
    }

    private static int EndOfClass(List<WantedStream> streams, int start)
    {
        var end = start + 1;
        while (end < streams.Count && streams[end].Class == streams[start].Class)
        {
            end++;
        }

        return end;
    }

    private static bool Begin(List<WantedStream> streams, int start, int end, ref Bitrate left)
    {
        var fits = true;
        for (var i = start; i < end; i++)
        {
            var stream = streams[i];
            stream.Trial = WantedStream.None;
            if (stream.Cap == WantedStream.None)
            {
                continue;
            }

            var cost = stream.RateAt(0);
            fits &= cost <= left || stream.Class == StreamClass.Audio;
            if (fits)
            {
                stream.Trial = 0;
                left -= cost;
            }
        }

        return fits;
    }

    private static void Raise(List<WantedStream> streams, int start, int end, ref Bitrate left)
    {
        while (Lowest(streams, start, end) is { } stream)
        {
            var cost = stream.RateAt(stream.Trial + 1) - stream.RateAt(stream.Trial);
            if (cost > left)
            {
                return;
            }

            stream.Trial++;
            left -= cost;
        }
    }

    private static WantedStream? Lowest(List<WantedStream> streams, int start, int end)
    {
        WantedStream? lowest = null;
        for (var i = start; i < end; i++)
        {
            var stream = streams[i];
            if (stream.Trial < stream.Cap && (lowest is null || stream.Trial < lowest.Trial))
            {
                lowest = stream;
            }
        }

        return lowest;
    }
}
