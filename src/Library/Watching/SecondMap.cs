using System.Numerics;

namespace Classroom.Library.Watching;

/// <summary>The seconds of a film that somebody has watched, one bit each.</summary>
internal static class SecondMap
{
    /// <summary>Sets the seconds that a part covers at least by half.</summary>
    /// <param name="seconds">Length of the film; nothing beyond it is set.</param>
    /// <param name="most">At most so many new bits are set.</param>
    /// <returns>How many bits are new.</returns>
    public static int Add(ref byte[] map, long fromMs, long toMs, int seconds, int most)
    {
        var length = (seconds + 7) / 8;
        if (map.Length < length)
        {
            Array.Resize(ref map, length);
        }

        var (first, last) = ((Math.Max(0, fromMs) + 500) / 1000, Math.Min(seconds, (toMs + 500) / 1000));
        var added = 0;
        for (var second = first; second < last && added < most; second++)
        {
            var bit = (byte)(1 << (int)(second & 7));
            if ((map[second >> 3] & bit) == 0)
            {
                map[second >> 3] |= bit;
                added++;
            }
        }

        return added;
    }

    public static int Count(ReadOnlySpan<byte> map)
    {
        var count = 0;
        foreach (var bits in map)
        {
            count += BitOperations.PopCount(bits);
        }

        return count;
    }

    public static bool Has(ReadOnlySpan<byte> map, int second) => second >> 3 < map.Length && (map[second >> 3] & (1 << (second & 7))) != 0;
}
