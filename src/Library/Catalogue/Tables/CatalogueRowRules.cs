using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Catalogue.Editing;

namespace Classroom.Library.Catalogue.Tables;

/// <summary>What is wrong with the rows of a file as they stand, each problem with its line.</summary>
internal static class CatalogueRowRules
{
    public static IEnumerable<ImportProblem> Check(IReadOnlyList<CatalogueRow> rows)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var problem in Check(row))
            {
                yield return problem;
            }

            if (!seen.TryAdd(string.Join('\n', row.Path.Append(row.Point)), row.Line))
            {
                var name = row.Point.Length > 0 ? row.Point : row.Path.LastOrDefault(part => part.Length > 0) ?? "";
                yield return new ImportProblem(row.Line, $"\"{name}\" is already in an earlier line.", "twice", name);
            }
        }
    }

    private static IEnumerable<ImportProblem> Check(CatalogueRow row)
    {
        if (row.Path[(int)NodeKind.Stage].Length == 0)
        {
            yield return new ImportProblem(row.Line, "The stage is missing.", "no_stage");
        }

        // A tree may leave levels out, but an edition and its volumes are always of a subject.
        if (row.Path[(int)NodeKind.Subject].Length == 0 && (row.Path[(int)NodeKind.Edition].Length > 0 || row.Path[(int)NodeKind.Volume].Length > 0))
        {
            yield return new ImportProblem(row.Line, "The subject is missing.", "no_subject");
        }

        foreach (var name in row.Path.Append(row.Point).Where(name => name.Length > NodeEditor.LongestName))
        {
            yield return new ImportProblem(row.Line, $"A name has at most {NodeEditor.LongestName} characters.", "long_node_name", $"{NodeEditor.LongestName}");
        }

        if (row.Version.Length > NodeEditor.LongestVersion)
        {
            yield return new ImportProblem(row.Line, $"A version has at most {NodeEditor.LongestVersion} characters.", "long_version", $"{NodeEditor.LongestVersion}");
        }

        if (row.Version.Length > 0 && row.Path[(int)NodeKind.Edition].Length == 0)
        {
            yield return new ImportProblem(row.Line, "There is a version but no edition.", "version_alone");
        }

        if (row.Needs.Length > 0 && row.Point.Length == 0)
        {
            yield return new ImportProblem(row.Line, "There is something to learn before, but no point.", "needs_alone");
        }

        if (row.Needs.Length > PointEditor.MostNeeds)
        {
            yield return new ImportProblem(row.Line, $"At most {PointEditor.MostNeeds} points are learned before one.", "too_many_needs", $"{PointEditor.MostNeeds}");
        }
    }
}
