using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Classroom.Data;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>
/// Names a piece by everything that it is made of: the same name is the same picture or sound. Whatever changes how pieces are made
/// raises <see cref="Edition"/>.
/// </summary>
/// <param name="encoder">The encoder's version: pieces of two versions may not fit together.</param>
internal sealed class PieceKey(string encoder, IReadOnlyList<Rung> rungs, string preset)
{
    private const int Edition = 2;

    public string Of(FilmPiece piece, EditList edit, IReadOnlyList<RenderSource> sources) => piece switch
    {
        CardPiece card => Picture($"card {card.Style} {card.IsOpening} {card.Frames}", card.Words.ToString()),
        ClipPiece part => Picture([.. Describe(part, edit, sources)]),
        _ => throw new ArgumentOutOfRangeException(nameof(piece)),
    };

    /// <summary>Of a stretch's mixed sound.</summary>
    public string Of(SoundPiece piece, EditList edit, IReadOnlyList<RenderSource> sources)
    {
        var from = piece.FromMs ?? 0;
        return Hash(
        [
            Line($"mix {from} {piece.Frames}"),
            .. sources.Where(source => source.HasAudio && source.Overlaps(from, piece.ToMs)).Select(Describe),
            .. edit.Mutes.Where(mute => mute.FromMs < piece.ToMs && mute.ToMs > from).Select(mute => mute.ToString()),
        ]);
    }

    /// <summary>Of the whole film's sound.</summary>
    public string OfSound(IEnumerable<string> mixes) => Hash(["sound", .. mixes]);

    private static IEnumerable<string> Describe(ClipPiece part, EditList edit, IReadOnlyList<RenderSource> sources)
    {
        var seats = part.Clip.Seats;
        yield return Line($"clip {part.FromFrame} {part.Frames} {part.Clip.Layout} {string.Join(' ', seats)}");
        foreach (var source in sources.Where(source => source.HasVideo && seats.Contains(source.SeatRef) && source.Overlaps(part.FromMs, part.ToMs)))
        {
            yield return Describe(source);
        }

        foreach (var blur in edit.Blurs.Where(blur => seats.Contains(blur.Seat) && blur.FromMs < part.ToMs && blur.ToMs > part.FromMs))
        {
            yield return Line($"blur {blur.Seat} {blur.FromMs} {blur.ToMs} {blur.X:R} {blur.Y:R} {blur.Width:R} {blur.Height:R}");
        }
    }

    private static string Describe(RenderSource source) => Line($"track {source.Id} {source.StartMs} {source.DurationMs} {source.Width}x{source.Height}");

    private string Picture(params IEnumerable<string> lines) =>
        Hash([Line($"ladder {preset} {string.Join(' ', rungs.Select(rung => $"{rung.Width}x{rung.Height}@{rung.Kbps}"))}"), .. lines]);

    private string Hash(IEnumerable<string> lines) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(Line($"{encoder} {Edition}"))))).AsSpan(0, 16));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
