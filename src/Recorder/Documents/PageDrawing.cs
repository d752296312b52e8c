using System.Globalization;
using Classroom.Recorder.Pipeline;

namespace Classroom.Recorder.Documents;

/// <summary>Draws a page once, large, and makes the pictures from it that pages of lessons choose from.</summary>
internal sealed class PageDrawing(FfmpegRunner ffmpeg, TimeProvider time)
{
    /// <summary>A tablet, a desk, a panel read from eight metres.</summary>
    public static readonly int[] Widths = [960, 1920, 3840];

    // A tall page is not drawn wider than a panel could show it.
    private const double TallestByWidth = 1.5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static string NameOf(int page, int width) => string.Create(CultureInfo.InvariantCulture, $"{page}-{width}.webp");

    /// <param name="page">From 1.</param>
    /// <returns>One file for each width.</returns>
    /// <exception cref="DocumentException">The page cannot be drawn.</exception>
    public async Task<IReadOnlyList<string>> DrawAsync(string pdf, int page, PageShape shape, string folder, CancellationToken cancellationToken)
    {
        var raw = Path.Combine(folder, "page");
        try
        {
            var drawn = await BoundedProgram.RunAsync("pdftoppm", Arguments(pdf, page, shape, raw), Limit, 1_000, time, cancellationToken);
            if (drawn.ExitCode != 0 || !File.Exists(raw + ".ppm"))
            {
                throw new DocumentException("bad_pdf", $"Page {page} of the document cannot be drawn.");
            }
        }
        catch (TimeoutException)
        {
            throw PdfReader.TooHeavy();
        }

        var pictures = await ScaleAsync(raw + ".ppm", page, folder, cancellationToken);
        File.Delete(raw + ".ppm");
        return pictures;
    }

    /// <summary>The same from a picture.</summary>
    public async Task<IReadOnlyList<string>> ScaleAsync(string picture, int page, string folder, CancellationToken cancellationToken)
    {
        var files = Widths.Select(width => Path.Combine(folder, NameOf(page, width))).ToList();
        await ffmpeg.RunAsync(ScaleArguments(picture, files), static _ => { }, cancellationToken);
        return files.TrueForAll(File.Exists) ? files : throw new DocumentException("bad_picture", "The picture cannot be read.");
    }

    public static string[] Arguments(string pdf, int page, PageShape shape, string output)
    {
        var width = Math.Min(Widths[^1], Widths[^1] * TallestByWidth * shape.Width / shape.Height);
        var height = width * shape.Height / shape.Width;

        // pdftoppm scales before it turns the page.
        var (x, y) = shape.IsTurned ? (height, width) : (width, height);
        var number = page.ToString(CultureInfo.InvariantCulture);
        return ["-f", number, "-l", number, "-singlefile", "-cropbox", "-scale-to-x", Pixels(x), "-scale-to-y", Pixels(y), pdf, output];
    }

    /// <summary>Nothing is made larger than it is: a small picture is the same in each width. Metadata (a phone's place) stays behind.</summary>
    public static IReadOnlyList<string> ScaleArguments(string picture, IReadOnlyList<string> files)
    {
        var copies = string.Concat(Widths.Select(width => $"[w{width}]"));
        var scales = Widths.Select(width => string.Create(CultureInfo.InvariantCulture, $"[w{width}]scale=w='min({width},iw)':h=-1:flags=lanczos[o{width}]"));
        List<string> arguments = [.. MediaProbe.NothingElse, "-i", picture, "-filter_complex", $"[0:v]split={Widths.Length}{copies};{string.Join(';', scales)}"];
        foreach (var (width, file) in Widths.Zip(files))
        {
            arguments.AddRange(["-map", $"[o{width}]", "-frames:v", "1", "-map_metadata", "-1", "-c:v", "libwebp", "-preset", "text", "-quality", "82", "-compression_level", "3", file]);
        }

        return arguments;
    }

    private static string Pixels(double value) => Math.Max(1, Math.Round(value)).ToString(CultureInfo.InvariantCulture);
}
