using System.Text;
using Microsoft.AspNetCore.Http;

namespace Classroom.Data.Http;

/// <summary>
/// A table for spreadsheets (RFC 4180): UTF-8 with a byte order mark, without which Excel takes Chinese for something else. A cell
/// that a spreadsheet would take for a formula is written as text.
/// </summary>
public static class CsvTable
{
    private const string ContentType = "text/csv; charset=utf-8";

    /// <param name="fileName">Offered when the file is saved, with its ending.</param>
    public static IResult File(string fileName, IEnumerable<IReadOnlyList<string?>> rows) =>
        Results.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Write(rows))).ToArray(), ContentType, fileName);

    public static string Write(IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(string? value)
    {
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + value : value ?? "";
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
