using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Classroom.Recorder.Documents;

/// <summary>A page as it will be seen: its size in any unit, and what stands at its top.</summary>
internal sealed record PageShape(double Width, double Height, string Title)
{
    /// <summary>The document holds it lying on its side.</summary>
    [JsonIgnore]
    public bool IsTurned { get; init; }
}

/// <summary>Looks into a PDF with poppler: how many pages, how large, and their titles.</summary>
internal sealed partial class PdfReader(TimeProvider time)
{
    public const int MostPages = 300;
    private const int MostText = 4_000_000;
    private const int LongestTitle = 60;
    private const double LargestAspect = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <exception cref="DocumentException">It cannot be shown, and why.</exception>
    public async Task<IReadOnlyList<PageShape>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var info = await RunAsync("pdfinfo", ["-l", (MostPages + 1).ToString(CultureInfo.InvariantCulture), path], cancellationToken);
        Demand(info);
        var pages = PagesOf(info.Text);
        var titles = await TitlesAsync(path, pages.Count, cancellationToken);
        return [.. pages.Select((page, index) => page with { Title = titles[index] })];
    }

    /// <summary>The pages that pdfinfo lists, turned as the page says.</summary>
    public static IReadOnlyList<PageShape> PagesOf(string info)
    {
        var count = CountLine().Match(info) is { Success: true } line ? int.Parse(line.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        if (count > MostPages)
        {
            throw new DocumentException("pdf_too_long", $"The document has more than {MostPages} pages.");
        }

        var turned = TurnLine().Matches(info).Where(turn => turn.Groups["turn"].Value is "90" or "270").Select(turn => turn.Groups["page"].Value).ToHashSet();
        PageShape[] pages = [.. SizeLine().Matches(info).Select(size => Shape(size, turned.Contains(size.Groups["page"].Value)))];
        return count > 0 && pages.Length == count ? pages : throw Unreadable();
    }

    /// <summary>The first line of text on each page.</summary>
    public static string[] TitlesOf(string text, int pages)
    {
        var parts = text.Split('\f');
        return [.. Enumerable.Range(0, pages).Select(index => index < parts.Length ? FirstLine(parts[index]) : "")];
    }

    // Titles are a kindness: a page without text, or with too much, has none.
    private async Task<string[]> TitlesAsync(string path, int pages, CancellationToken cancellationToken)
    {
        try
        {
            var text = await RunAsync("pdftotext", ["-enc", "UTF-8", path, "-"], cancellationToken);
            return TitlesOf(text.Text, pages);
        }
        catch (DocumentException)
        {
            return TitlesOf("", pages);
        }
    }

    private async Task<ProgramOutput> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedProgram.RunAsync(program, arguments, Limit, MostText, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw TooHeavy();
        }
    }

    private static void Demand(ProgramOutput info)
    {
        if (info.Errors.Contains("Incorrect password", StringComparison.OrdinalIgnoreCase))
        {
            throw new DocumentException("pdf_password", "The document asks for a password.");
        }

        if (info.ExitCode != 0)
        {
            throw Unreadable();
        }
    }

    private static PageShape Shape(Match size, bool isTurned)
    {
        var (width, height) = (Number(size.Groups["width"]), Number(size.Groups["height"]));
        if (!(width > 0 && height > 0 && width / height <= LargestAspect && height / width <= LargestAspect))
        {
            throw new DocumentException("bad_pdf", "A page of the document has no size that could be shown.");
        }

        return isTurned ? new PageShape(height, width, "") { IsTurned = true } : new PageShape(width, height, "");
    }

    private static string FirstLine(string page)
    {
        var line = page.Split('\n').Select(line => Spaces().Replace(line, " ").Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
        var clean = new string([.. line.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]);
        return clean.Length > LongestTitle ? clean[..LongestTitle] : clean;
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static DocumentException Unreadable() => new("bad_pdf", "The document is damaged or not a PDF.");

    public static DocumentException TooHeavy() => new("pdf_too_heavy", "The document is too large to be drawn.");

    [GeneratedRegex(@"^Pages:\s+(?<count>\d{1,9})\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CountLine();

    [GeneratedRegex(@"^Page\s+(?<page>\d+) size:\s+(?<width>[\d.]{1,24}) x (?<height>[\d.]{1,24}) pts", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SizeLine();

    [GeneratedRegex(@"^Page\s+(?<page>\d+) rot:\s+(?<turn>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TurnLine();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
