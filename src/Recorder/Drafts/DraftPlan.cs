using Classroom.Data;

namespace Classroom.Recorder.Drafts;

/// <summary>A captured picture that the film may show. Times are on the lesson clock.</summary>
/// <param name="Keys">Where it can be cut in, in order; the first is its begin.</param>
internal sealed record FilmSeat(string TrackId, string ParticipantId, string Group, long EndMs, IReadOnlyList<long> Keys)
{
    public long StartMs => Keys[0];

    public bool Covers(long ms) => StartMs <= ms && ms < EndMs;

    /// <summary>Null when none comes any more.</summary>
    public long? KeyFrom(long ms) => Keys.FirstOrDefault(key => key >= ms, long.MaxValue) is var key && key < EndMs ? key : null;
}

/// <summary>From here on the class sees this seat; both null: nobody was chosen.</summary>
internal sealed record FilmTurn(long AtMs, string? ParticipantId, string? Group);

/// <summary>What the film shows from one time of the lesson to another.</summary>
internal sealed record FilmPart(string TrackId, long FromMs, long ToMs);

/// <summary>
/// Decides what the draft film shows: the seat that was on the stage, in full. Each turn begins at the first key frame of the new
/// seat after the switch, until then the old seat stays; a turn whose key frame comes too late is left out. While the chosen
/// seat has no picture the best other one is shown, and time in which nobody has one is left out.
/// </summary>
internal static class DraftPlan
{
    /// <summary>A picture stays for this long when nothing follows at once.</summary>
    public const long HoldMs = 10_000;

    private static readonly string[] Rank =
        [nameof(SeatKind.TeacherCloseUp), nameof(SeatKind.Courseware), nameof(SeatKind.Board), nameof(SeatKind.TeacherPanorama), nameof(SeatKind.StudentPanorama), nameof(SeatKind.StudentCloseUp)];

    /// <param name="seats">With at least one key frame each.</param>
    /// <param name="turns">In order of time.</param>
    public static IReadOnlyList<FilmPart> Make(IReadOnlyList<FilmSeat> seats, IReadOnlyList<FilmTurn> turns)
    {
        var parts = new List<FilmPart>();
        if (seats.Count == 0)
        {
            return parts;
        }

        long[] moments = [.. seats.SelectMany(seat => (long[])[seat.StartMs, seat.EndMs]).Concat(turns.Select(turn => turn.AtMs)).Distinct().Order()];
        var end = seats.Max(seat => seat.EndMs);
        FilmSeat? shown = null;
        for (var at = seats.Min(seat => seat.StartMs); at < end;)
        {
            var next = moments.First(moment => moment > at);
            var best = Best(seats, turns, shown, at);
            if (best is null || best == shown || best.KeyFrom(at) is not { } key || key >= next)
            {
                Show(parts, shown = shown?.Covers(at) == true ? shown : null, at, next);
                at = next;
                continue;
            }

            Show(parts, shown?.Covers(at) == true ? shown : null, at, key);
            shown = best;
            at = key;
            parts.Add(new FilmPart(best.TrackId, key, key));
        }

        return Hold([.. parts.Where(part => part.ToMs > part.FromMs)]);
    }

    private static FilmSeat? Best(IReadOnlyList<FilmSeat> seats, IReadOnlyList<FilmTurn> turns, FilmSeat? shown, long at)
    {
        var turn = turns.LastOrDefault(turn => turn.AtMs <= at);
        return seats.Where(seat => seat.Covers(at))
            .OrderByDescending(seat => seat.ParticipantId == turn?.ParticipantId && seat.Group == turn?.Group)
            .ThenByDescending(seat => seat == shown)
            .ThenBy(seat => Array.IndexOf(Rank, seat.Group) is var rank && rank < 0 ? Rank.Length : rank)
            .FirstOrDefault();
    }

    private static void Show(List<FilmPart> parts, FilmSeat? seat, long from, long to)
    {
        if (seat is not null && parts.Count > 0)
        {
            parts[^1] = parts[^1] with { ToMs = Math.Max(parts[^1].ToMs, to) };
        }
    }

    private static IReadOnlyList<FilmPart> Hold(List<FilmPart> parts)
    {
        for (var i = 0; i + 1 < parts.Count; i++)
        {
            var hole = parts[i + 1].FromMs - parts[i].ToMs;
            parts[i] = hole is > 0 and <= HoldMs ? parts[i] with { ToMs = parts[i + 1].FromMs } : parts[i];
        }

        return parts;
    }
}
