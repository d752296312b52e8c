using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Classroom.Data.Http;

namespace Classroom.Library.Catalogue.Tables;

/// <summary>Catalogue files as JSON: an array with one object a line, its names those of the columns.</summary>
internal static class CatalogueJson
{
    private const int MostRows = 100_000;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<CatalogueRow> rows)
    {
        var lines = rows.Select(row =>
        {
            var cells = row.ToCells();
            var fields = CatalogueRow.Columns.Select((names, index) => (Name: names[0], Value: cells[index])).Where(field => field.Value.Length > 0)
                .ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
            return JsonSerializer.Serialize(fields, Plain);
        });
        return $"[\n{string.Join(",\n", lines)}\n]\n";
    }

    /// <summary>Reads all rows; what is wrong with the file goes to the problems.</summary>
    public static List<CatalogueRow> Read(string text, List<ImportProblem> problems)
    {
        var rows = new List<CatalogueRow>();
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var (line, counted) = (1, 0);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                problems.Add(NotReadable(1));
                return rows;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                var at = (int)reader.TokenStartIndex;
                line += bytes.AsSpan(counted, at - counted).Count((byte)'\n');
                counted = at;
                if (rows.Count == MostRows)
                {
                    problems.Add(new ImportProblem(line, $"The file has more than {MostRows} rows.", "too_many_rows", $"{MostRows}"));
                    return rows;
                }

                rows.Add(CatalogueRow.Of(line, Cells(ref reader, line, problems)));
            }
        }
        catch (JsonException error)
        {
            problems.Add(NotReadable((int)(error.LineNumber ?? line - 1) + 1));
        }

        return rows;
    }

    private static ImportProblem NotReadable(int line) => new(line, "This is not an array of objects in JSON.", "bad_json");

    private static string[] Cells(ref Utf8JsonReader reader, int line, List<ImportProblem> problems)
    {
        var cells = new string[CatalogueRow.Columns.Length];
        Array.Fill(cells, "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var place = Array.FindIndex(CatalogueRow.Columns, names => names.Contains(name, StringComparer.Ordinal));
            if (place < 0 || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            {
                problems.Add(new ImportProblem(line, $"\"{name}\" is not a text of this table.", "unknown_field", name));
                reader.Skip();
                continue;
            }

            cells[place] = reader.GetString()?.Trim() ?? "";
        }

        return cells;
    }
}
