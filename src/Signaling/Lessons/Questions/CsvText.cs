using System.Globalization;

namespace Classroom.Signaling.Lessons.Questions;

/// <summary>
/// Comma-separated values (RFC 4180) as spreadsheets open them: with a byte order mark, since Chinese ones take the file for
/// GB 18030 without it, and with no cell that a spreadsheet would run as a formula.
/// </summary>
internal static class CsvText
{
    private const string ByteOrderMark = "\uFEFF";
    private const string FormulaStarts = "=+-@\t\r＝＋－＠";

    public static string File(IEnumerable<string> lines) => ByteOrderMark + string.Concat(lines.Select(line => line + "\r\n"));

    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell));

    private static string Cell(string text)
    {
        // A plain negative number is no formula.
        var isNumber = double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
        var safe = text.Length > 0 && !isNumber && FormulaStarts.Contains(text[0]) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"")}\"";
    }
}
