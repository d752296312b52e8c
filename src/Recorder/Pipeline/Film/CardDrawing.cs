using System.Globalization;
using System.Text;
using Classroom.Data;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>
/// Title and end cards: words as outlines (ASS, drawn by libass with the system's Noto fonts) at the size of the film itself, so that
/// they are sharp. The editor's preview shows the same places and colours.
/// </summary>
internal static class CardDrawing
{
    // The script's own measures; libass scales them to the film.
    private const int Width = 1920;
    private const int Height = 1080;
    private const int Left = 168;
    private const int TextWidth = 1584;
    private const int MostTitleLines = 3;

    /// <summary>libass sizes a font by its whole line; a letter of Noto Sans CJK is that much smaller.</summary>
    private const double LineOfEm = 1.448;

    private static readonly int[] TitleSizes = [104, 84, 68, 54];

    /// <summary>A filter chain of one card, without its label. The script must lie where it says.</summary>
    public static string Filters(CardPiece card, Rung canvas, string script)
    {
        var look = LookOf(card.Style);
        var (bar, gap) = (Math.Max(2, canvas.Width / 240), canvas.Width * 112 / Width);
        return string.Create(CultureInfo.InvariantCulture, $"color=c=0x{look.Ground}:s={canvas.Width}x{canvas.Height}:r={FilmClock.FramesPerSecond},format=yuv420p,")
            + string.Create(CultureInfo.InvariantCulture, $"drawbox=x={gap}:y={canvas.Height * 30 / 100}:w={bar}:h={canvas.Height * 40 / 100}:c=0x{look.Accent}:t=fill,")
            + string.Create(CultureInfo.InvariantCulture, $"ass=filename={FilterText.Escape(script)}:original_size={Width}x{Height},trim=end_frame={card.Frames},setsar=1,format=yuv420p");
    }

    public static string Script(CardPiece card)
    {
        var look = LookOf(card.Style);
        var text = new StringBuilder("[Script Info]\nScriptType: v4.00+\nWrapStyle: 2\nScaledBorderAndShadow: yes\n");
        text.Append(CultureInfo.InvariantCulture, $"PlayResX: {Width}\nPlayResY: {Height}\n\n[V4+ Styles]\n");
        text.Append("Format: Name, Fontname, Fontsize, PrimaryColour, Bold, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n");
        text.Append(CultureInfo.InvariantCulture, $"Style: Words,Noto Sans CJK SC,40,{Colour(look.Words)},0,1,0,0,4,0,0,0,1\n\n");
        text.Append("[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n");
        foreach (var line in Lines(card, look))
        {
            text.Append(CultureInfo.InvariantCulture, $"Dialogue: 0,0:00:00.00,9:00:00.00,Words,,0,0,0,,{line}\n");
        }

        return text.ToString();
    }

    /// <summary>Breaks words into lines of a width; Chinese breaks anywhere, Latin words stay whole as long as they fit.</summary>
    /// <param name="width">In letters of Chinese; Latin ones count a little more than half.</param>
    public static IReadOnlyList<string> Wrap(string text, double width)
    {
        var lines = new List<string>();
        var (line, used, lastSpace) = (new StringBuilder(), 0.0, -1);
        foreach (var letter in text)
        {
            used += WidthOf(letter);
            if (used > width && line.Length > 0)
            {
                var keep = letter < 0x2E80 && lastSpace > 0 ? lastSpace : line.Length;
                var rest = line.ToString(keep, line.Length - keep).TrimStart();
                lines.Add(line.ToString(0, keep).TrimEnd());
                (line, lastSpace) = (new StringBuilder(rest), -1);
                used = rest.Sum(WidthOf) + WidthOf(letter);
            }

            if (letter == ' ')
            {
                lastSpace = line.Length;
            }

            line.Append(letter);
        }

        if (line.Length > 0)
        {
            lines.Add(line.ToString());
        }

        return lines;
    }

    private static IEnumerable<string> Lines(CardPiece card, Look look)
    {
        var words = card.Words;
        var (size, title) = TitleOf(Plain(words.Title));
        var middle = Height / 2;
        var below = middle + (title.Count * size * 64 / 100) + 56;
        yield return At(Left, middle, 4, size, isBold: true, look.Words, string.Join("\\N", title));
        yield return At(Left, middle - (title.Count * size * 64 / 100) - 56, 4, 38, isBold: false, look.Quiet, Short(card.IsOpening ? words.Path : words.Text, 38));
        yield return At(Left, below, 4, 44, isBold: false, look.Words, Short(string.Join("  ", new[] { words.School, words.Teacher }.Where(word => word.Length > 0)), 44));
        yield return At(Left, below + 76, 4, 36, isBold: false, look.Quiet, Short(card.IsOpening ? words.Text : words.Path, 36));
    }

    private static (int Size, IReadOnlyList<string> Lines) TitleOf(string title)
    {
        var size = TitleSizes.Select(size => (size, lines: Wrap(title, (double)TextWidth / size))).FirstOrDefault(fit => fit.lines.Count <= MostTitleLines);
        return size.lines is null ? (TitleSizes[^1], [.. Wrap(title, (double)TextWidth / TitleSizes[^1]).Take(MostTitleLines)]) : (size.size, size.lines);
    }

    private static string Short(string text, int size)
    {
        var lines = Wrap(Plain(text), (double)TextWidth / size);
        return lines.Count <= 1 ? string.Concat(lines) : lines[0] + "…";
    }

    private static string At(int x, int y, int alignment, int size, bool isBold, string colour, string text) => string.Create(
        CultureInfo.InvariantCulture, $"{{\\an{alignment}\\pos({x},{y})\\fs{size * LineOfEm:0}\\b{(isBold ? 1 : 0)}\\c{Colour(colour)}}}{text}");

    // What would be a command of the script is written with its full-width twin.
    private static string Plain(string text) =>
        string.Concat(text.Select(letter => letter switch { '\\' => '＼', '{' => '｛', '}' => '｝', _ when char.IsControl(letter) => ' ', _ => letter })).Trim();

    private static double WidthOf(char letter) => letter < 0x2E80 ? 0.58 : 1;

    // ASS writes blue before green before red.
    private static string Colour(string rgb) => $"&H00{rgb[4..6]}{rgb[2..4]}{rgb[..2]}&";

    private static Look LookOf(CardStyle style) => style switch
    {
        CardStyle.Paper => new("F7F8F6", "0F766E", "0B1F2A", "4B5B64"),
        CardStyle.Ink => new("0B1F2A", "D97706", "FFFFFF", "B6C2C9"),
        _ => new("0F766E", "FFFFFF", "FFFFFF", "D5EBE8"),
    };

    private sealed record Look(string Ground, string Accent, string Words, string Quiet);
}
