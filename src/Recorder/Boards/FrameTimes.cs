namespace Classroom.Recorder.Boards;

/// <summary>A picture of the film.</summary>
/// <param name="AtMs">On the lesson clock; everything that happened until then is on it.</param>
/// <param name="IsKey">The film can be cut in here.</param>
internal readonly record struct BoardFrame(long AtMs, bool IsKey);

/// <summary>
/// When the film has a picture: where something has changed, and otherwise just often enough. Encoding a picture that has not changed
/// costs as much as any other.
/// </summary>
internal static class FrameTimes
{
    /// <summary>Nobody draws so that more pictures a second would look different.</summary>
    public const int LeastMs = 200;

    /// <summary>Pages come at once, unless somebody leafs through them faster than they can be seen.</summary>
    public const int LeastBetweenPagesMs = 40;

    /// <summary>Films begin decoding two seconds before a cut: there has to be a picture.</summary>
    public const int MostMs = 1500;

    public const int KeyEveryMs = 4000;

    /// <summary>How long the last picture stays.</summary>
    public const int LastMs = 40;

    /// <param name="moments">In order of time.</param>
    /// <param name="endMs">Of the lesson.</param>
    /// <returns>The first is a key frame; none when nothing was shown.</returns>
    public static IReadOnlyList<BoardFrame> Of(IEnumerable<(long AtMs, bool IsCut)> moments, long endMs)
    {
        var frames = new List<BoardFrame>();
        var lastKey = 0L;
        foreach (var (at, isCut) in moments.TakeWhile(moment => moment.AtMs < endMs - LastMs))
        {
            if (frames.Count == 0)
            {
                Add(at, isKey: true);
                continue;
            }

            var wanted = Math.Min(Math.Max(at, frames[^1].AtMs + (isCut ? LeastBetweenPagesMs : LeastMs)), endMs - LastMs);
            if (at > frames[^1].AtMs)
            {
                Wait(wanted);
            }

            if (at > frames[^1].AtMs)
            {
                Add(wanted, isCut);
            }
            else if (isCut && !frames[^1].IsKey)
            {
                frames.RemoveAt(frames.Count - 1);
                Add(Math.Max(at, frames[^1].AtMs + LeastBetweenPagesMs), isKey: true);
            }
        }

        if (frames.Count > 0)
        {
            Wait(endMs - LastMs);
            if (endMs - LastMs > frames[^1].AtMs)
            {
                Add(endMs - LastMs, isKey: false);
            }
        }

        return frames;

        void Add(long at, bool isKey)
        {
            frames.Add(new BoardFrame(at, isKey));
            lastKey = isKey ? at : lastKey;
        }

        void Wait(long until)
        {
            for (long next; (next = Math.Min(frames[^1].AtMs + MostMs, lastKey + KeyEveryMs)) < until;)
            {
                Add(next, next == lastKey + KeyEveryMs);
            }
        }
    }
}
