using System.Text;
using CsvHelper;
using Microsoft.AspNetCore.Http;

namespace Classroom.Data.Http;

/// <summary>A table that someone exported from a spreadsheet: its rows by column name, with their line numbers.</summary>
public static class CsvFile
{
    /// <summary>What a table of people or lessons never needs.</summary>
    public const int UsualLimit = 4 * 1024 * 1024;

    private const int MostRows = 100_000;

    /// <summary>Null when the body is too large. UTF-8, or GB 18030 as Chinese spreadsheets write it.</summary>
    public static async Task<string?> ReadAsync(HttpRequest request, int mostBytes = UsualLimit)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > mostBytes)
            {
                return null;
            }
        }

        return Decode(body.ToArray());
    }

    public static ApiProblem TooLarge(int mostBytes = UsualLimit) =>
        new(StatusCodes.Status413PayloadTooLarge, "too_large", $"This file is larger than {mostBytes / 1024 / 1024} MB.");

    public static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetString(bytes);
        }
    }

    /// <summary>Reads all rows; what is wrong with the file as a whole goes to the problems.</summary>
    /// <param name="columns">Each column with the names it may have in the first line, for example "name" and "姓名".</param>
    /// <param name="needed">How many of the columns the file must have; they come first.</param>
    public static List<CsvLine> Read(string text, string[][] columns, int needed, List<ImportProblem> problems)
    {
        List<CsvLine> lines = [];
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { TrimWhitespace = true, TrimInsideQuotes = true, TrackLineNumbers = true });
        if (text.Trim().Length == 0)
        {
            problems.Add(new ImportProblem(1, "The file is empty.", "empty_file"));
            return lines;
        }

        // The reader takes such a file for a whole one whose last field ends with the file: a file that was cut off would lose its rows.
        if (text.Count(letter => letter == '"') % 2 != 0)
        {
            problems.Add(OpenQuote(1 + text.AsSpan(0, text.LastIndexOf('"')).Count('\n')));
            return lines;
        }

        try
        {
            ReadRows(reader, columns, needed, lines, problems);
        }
        catch (CsvFormatException)
        {
            problems.Add(OpenQuote(Math.Max(1, (int)reader.LineNumber)));
        }

        return lines;
    }

    private static ImportProblem OpenQuote(int line) => new(line, "This line can not be read: look for a quote that is not closed.", "open_quote");

    private static void ReadRows(CsvReader reader, string[][] columns, int needed, List<CsvLine> lines, List<ImportProblem> problems)
    {
        reader.ReadHeader();
        var places = columns.Select(names => PlaceOf(reader, names)).ToArray();
        problems.AddRange(columns.Take(needed).Where((_, index) => places[index] < 0).Select(names => new ImportProblem(1, $"The first line has no column \"{names[0]}\".", "no_column", names[1])));
        while (problems.Count == 0 && reader.Read())
        {
            if (lines.Count == MostRows)
            {
                problems.Add(new ImportProblem((int)reader.LineNumber, $"The file has more than {MostRows} rows.", "too_many_rows", $"{MostRows}"));
                break;
            }

            var values = Array.ConvertAll(places, place => place >= 0 && place < reader.FieldCount ? reader.GetString(place) : "");
            if (Array.Exists(values, value => value.Length > 0))
            {
                lines.Add(new CsvLine((int)reader.LineNumber, values));
            }
        }
    }

    private static int PlaceOf(CsvReader reader, string[] names)
    {
        foreach (var name in names)
        {
            if (reader.TryGetFieldIndex(name, out var place))
            {
                return place;
            }
        }

        return -1;
    }
}

/// <param name="Line">Line in the file, counted from 1.</param>
/// <param name="Values">In the order of the asked columns; empty text where the file has none.</param>
public sealed record CsvLine(int Line, string[] Values);
