using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Drafts;

namespace Classroom.Recorder.Boards;

/// <summary>From one time of the lesson to another everybody saw a page of slides or the whiteboard, and it was recorded.</summary>
internal readonly record struct ShownTime(long FromMs, long ToMs);

/// <summary>When slides or whiteboard are what the class sees.</summary>
internal static class BoardTimes
{
    public const string Show = "surface.show";
    public const string Recording = "recording";

    /// <summary>The participant and the group of the seat that the slides and the ink become.</summary>
    public const string Participant = "board";
    public const string Group = "Surface";

    /// <param name="timeline">In order; other kinds are passed over.</param>
    /// <param name="endMs">Of the lesson: until then it is shown if nothing else is.</param>
    public static IReadOnlyList<ShownTime> Of(IEnumerable<TimelineEvent> timeline, long endMs)
    {
        var (times, state) = (new List<ShownTime>(), new State());
        long? from = null;
        var at = 0L;
        foreach (var e in timeline.Where(e => e.Kind is Show or Recording && e.Audience == "all"))
        {
            at = Math.Max(at, e.At);
            if (Json.Read(e.Body) is { } body)
            {
                state.Apply(e.Kind, body);
            }

            if (state.Visible is not null)
            {
                from ??= at;
            }
            else if (from is { } begin)
            {
                times.Add(new ShownTime(begin, Math.Min(at, endMs)));
                from = null;
            }
        }

        return [.. times.Append(new ShownTime(from ?? endMs, endMs)).Where(time => time.FromMs < time.ToMs)];
    }

    /// <summary>The turns of a film in which pages are shown too: while one is, whoever is staged comes after it.</summary>
    /// <param name="turns">In order of time.</param>
    public static IReadOnlyList<FilmTurn> Over(IReadOnlyList<FilmTurn> turns, IReadOnlyList<ShownTime> shown)
    {
        var free = turns.Where(turn => !shown.Any(time => time.FromMs <= turn.AtMs && turn.AtMs < time.ToMs));
        var pages = shown.SelectMany(time => (FilmTurn[])
        [
            new(time.FromMs, Participant, Group),
            (turns.LastOrDefault(turn => turn.AtMs <= time.ToMs) ?? new FilmTurn(0, null, null)) with { AtMs = time.ToMs },
        ]);

        // Where one follows the other at once, what begins counts.
        return [.. free.Concat(pages).OrderBy(turn => turn.AtMs).ThenBy(turn => turn.Group == Group)];
    }

    /// <summary>What is shown, and whether it is recorded.</summary>
    internal sealed class State
    {
        private Surface? _shown;

        public bool IsRecorded { get; private set; } = true;

        /// <summary>Null: none, or the recording must not have it.</summary>
        public Surface? Visible => IsRecorded ? _shown : null;

        public void Apply(string kind, JsonElement body)
        {
            if (kind == Show)
            {
                // A name that is none leaves everything as it is.
                var isNone = !body.TryGetProperty("surface", out var name) || name.ValueKind == JsonValueKind.Null;
                _shown = isNone ? null : Surface.Parse(Json.Text(name)) ?? _shown;
            }
            else if (Json.Text(body, "state") is { } state)
            {
                IsRecorded = state == "on";
            }
        }
    }
}
