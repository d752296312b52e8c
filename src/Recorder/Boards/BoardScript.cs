using System.Text.Json;
using Classroom.Data;

namespace Classroom.Recorder.Boards;

/// <summary>What everybody saw from a time of the lesson on.</summary>
/// <param name="Surface">Null: nothing, the recording was paused.</param>
/// <param name="IsCut">Another page than before, or the first after something else: a film can be cut here.</param>
/// <param name="IsAnew">The strokes are all there are; otherwise they came on top of those before.</param>
internal sealed record BoardMoment(long AtMs, Surface? Surface, bool IsCut, bool IsAnew, IReadOnlyList<InkStroke> Strokes);

/// <summary>
/// Folds a lesson's timeline into what was shown to everyone: pages, and the ink on them. Only what all were told is looked at, so
/// what a pupil keeps for itself is not in it. What was drawn without consent to be recorded is left out.
/// </summary>
internal static class BoardScript
{
    /// <summary>Everything that the fold looks at.</summary>
    public static readonly string[] Kinds =
    [
        BoardTimes.Show, BoardTimes.Recording, "surface.clear", "stroke", "stroke.gone", "ink.back", "ink.share", "ink.unshare", Unrecorded,
    ];

    /// <summary>The bell after the lesson.</summary>
    public const string Ended = "lesson.ended";

    private const string Unrecorded = "unrecorded";

    /// <param name="timeline">In order, of these kinds.</param>
    /// <returns>In order of time; from before the bell on it is what was there at the bell.</returns>
    public static IEnumerable<BoardMoment> Moments(IReadOnlyList<TimelineEvent> timeline)
    {
        // Whoever is not to be recorded is not, also in what came before that was known.
        var unrecorded = timeline.Where(e => e.Kind == Unrecorded).Select(e => Json.Read(e.Body) is { } body ? Json.Text(body, "participantId") : null).OfType<string>().ToHashSet();
        var fold = new Fold(unrecorded);
        var at = 0L;
        foreach (var e in timeline)
        {
            at = Math.Max(at, e.At);
            if (e.Audience == "all" && Json.Read(e.Body) is { } body && fold.Apply(at, e.Kind, e.Who, body) is { } moment)
            {
                yield return moment;
            }
        }
    }

    private sealed class Fold(HashSet<string> unrecorded)
    {
        private readonly BoardInk _ink = new();
        private readonly BoardTimes.State _state = new();
        private (string Surface, string? Owner)? _shared;
        private bool _hasBegun;

        /// <returns>Null when nobody saw a change.</returns>
        public BoardMoment? Apply(long at, string kind, string who, JsonElement body) => kind switch
        {
            BoardTimes.Show or BoardTimes.Recording => Turn(at, kind, body),
            "stroke" => Add(at, [InkStroke.Read(who, body)]),
            "ink.back" => Add(at, Json.List(body, "strokes").Select(Signed)),
            "stroke.gone" => Remove(at, Json.List(body, "ids")),
            "surface.clear" => Json.Text(body, "surface") is { } name && _ink.Clear((name, null)) ? Anew(at, (name, null)) : null,
            "ink.share" => Share(at, body),
            "ink.unshare" => Unshare(at),
            _ => null,
        };

        // What is on the screens no more stays as it was until something else is; a pause is no part of the recording.
        private BoardMoment? Turn(long at, string kind, JsonElement body)
        {
            var (before, wasRecorded) = (_state.Visible, _state.IsRecorded);
            _state.Apply(kind, body);
            if (_state.Visible is { } surface)
            {
                _hasBegun = true;
                return surface == before ? null : new BoardMoment(at, surface, IsCut: true, IsAnew: true, Strokes(surface));
            }

            return _hasBegun && wasRecorded && !_state.IsRecorded ? new BoardMoment(at, null, IsCut: true, IsAnew: true, []) : null;
        }

        private BoardMoment? Add(long at, IEnumerable<InkStroke?> strokes)
        {
            var added = new List<InkStroke>();
            var hasMoved = false;
            foreach (var stroke in strokes.OfType<InkStroke>().Where(stroke => !unrecorded.Contains(stroke.Who)))
            {
                var isNew = _ink.Add(stroke, out var moved);
                hasMoved |= moved is { } from && IsSeen(from);
                if (isNew && IsSeen(stroke.Layer))
                {
                    added.Add(stroke);
                }
            }

            return hasMoved ? Anew(at) : added.Count > 0 ? new BoardMoment(at, _state.Visible, IsCut: false, IsAnew: false, added) : null;
        }

        private BoardMoment? Remove(long at, IEnumerable<JsonElement> ids)
        {
            var isSeen = false;
            foreach (var id in ids.Select(Json.Text).OfType<string>())
            {
                isSeen |= _ink.Remove(id) is { } layer && IsSeen(layer);
            }

            return isSeen ? Anew(at) : null;
        }

        private BoardMoment? Share(long at, JsonElement body)
        {
            if (Json.Text(body, "participantId") is not { } owner || Json.Text(body, "surface") is not { } surface)
            {
                return null;
            }

            var isSeen = _shared is { } before && IsOn(before);
            isSeen |= Add(at, Json.List(body, "strokes").Select(stroke => InkStroke.Read(owner, stroke))) is not null;
            _shared = (surface, owner);
            return isSeen || IsOn(_shared.Value) ? Anew(at) : null;
        }

        private BoardMoment? Unshare(long at)
        {
            var before = _shared;
            _shared = null;
            return before is { } layer && IsOn(layer) ? Anew(at) : null;
        }

        private InkStroke? Signed(JsonElement item) =>
            Json.Text(item, "who") is { } who && item.TryGetProperty("stroke", out var stroke) ? InkStroke.Read(who, stroke) : null;

        private BoardMoment? Anew(long at, (string Surface, string? Owner) changed) => IsSeen(changed) ? Anew(at) : null;

        private BoardMoment? Anew(long at) => _state.Visible is { } surface ? new BoardMoment(at, surface, IsCut: false, IsAnew: true, Strokes(surface)) : null;

        private bool IsSeen((string Surface, string? Owner) layer) => IsOn(layer) && (layer.Owner is null || layer == _shared);

        private bool IsOn((string Surface, string? Owner) layer) => _state.Visible?.Name == layer.Surface;

        private List<InkStroke> Strokes(Surface surface) =>
            [.. _ink.On((surface.Name, null)), .. _shared is { } shared && shared.Surface == surface.Name ? _ink.On(shared) : []];
    }
}
