using Classroom.Data;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>A stretch of the film that is encoded by itself, and kept for the next time it is wanted.</summary>
/// <param name="Frames">How long it is.</param>
internal abstract record FilmPiece(long Frames);

/// <summary>A card with its words.</summary>
internal sealed record CardPiece(CardStyle Style, CardWords Words, bool IsOpening, long Frames) : FilmPiece(Frames);

/// <summary>A part of a clip.</summary>
/// <param name="FromFrame">On the lesson clock.</param>
internal sealed record ClipPiece(EditClip Clip, long FromFrame, long Frames) : FilmPiece(Frames)
{
    public long FromMs => FromFrame * FilmClock.FrameMs;

    public long ToMs => (FromFrame + Frames) * FilmClock.FrameMs;
}

/// <summary>The sound of one stretch: of a clip, or silence.</summary>
/// <param name="FromMs">On the lesson clock; null: silence.</param>
internal sealed record SoundPiece(long? FromMs, long Frames)
{
    public long ToMs => (FromMs ?? 0) + (Frames * FilmClock.FrameMs);
}

/// <summary>A film taken apart into the pieces it is made of.</summary>
internal sealed record FilmPlan(IReadOnlyList<FilmPiece> Pictures, IReadOnlyList<SoundPiece> Sounds)
{
    /// <summary>A clip is cut where the lesson clock passes this many frames: whoever trims its beginning leaves the rest of its parts as they are.</summary>
    public const int Grid = 60 * FilmClock.FramesPerSecond;

    /// <summary>Parts shorter than this cost more to begin than they save.</summary>
    private const int Shortest = 4 * FilmClock.FramesPerSecond;

    public long Frames => Pictures.Sum(piece => piece.Frames);

    public static FilmPlan Of(EditList edit, CardWords words)
    {
        var pictures = new List<FilmPiece>();
        var sounds = new List<SoundPiece>();
        AddCard(edit.Opening, isOpening: true);
        foreach (var clip in edit.Clips)
        {
            var (from, to) = (FilmClock.FrameAt(clip.InMs), FilmClock.FrameAt(clip.OutMs));
            pictures.AddRange(PartsOf(clip, from, to));
            sounds.Add(new SoundPiece(from * FilmClock.FrameMs, to - from));
        }

        AddCard(edit.Closing, isOpening: false);
        return new FilmPlan(pictures, sounds);

        void AddCard(EditCard? card, bool isOpening)
        {
            if (card is not null && FilmClock.FrameAt(card.LengthMs) is var frames and > 0)
            {
                pictures.Add(new CardPiece(card.Style, words with { Text = card.Text }, isOpening, frames));
                sounds.Add(new SoundPiece(null, frames));
            }
        }
    }

    private static IEnumerable<ClipPiece> PartsOf(EditClip clip, long from, long to)
    {
        var start = from;
        for (var cut = ((from + Shortest + Grid - 1) / Grid) * Grid; cut <= to - Shortest; cut += Grid)
        {
            yield return new ClipPiece(clip, start, cut - start);
            start = cut;
        }

        if (to > start)
        {
            yield return new ClipPiece(clip, start, to - start);
        }
    }
}
