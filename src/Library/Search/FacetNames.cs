using System.Globalization;
using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Shelves;

namespace Classroom.Library.Search;

/// <summary>Gives the counts their names: places in the order of the book, schools and points by how many courses they have.</summary>
internal static class FacetNames
{
    private const int MostSchools = 50;
    private const int MostPoints = 30;

    public static readonly CourseFacets None = new(0, [], [], [], [], [], [], [], [], []);

    public static CourseFacets Of(ShelfCounts counts, ShelfColumns columns, CatalogueTree tree) => new(
        counts.Total,
        Places(counts, columns, tree, Facets.Stage, NodeKind.Stage, place => place.Stage),
        Places(counts, columns, tree, Facets.Grade, NodeKind.Grade, place => place.Grade),
        Places(counts, columns, tree, Facets.Subject, NodeKind.Subject, place => place.Subject),
        Places(counts, columns, tree, Facets.Edition, NodeKind.Edition, place => place.Edition),
        [.. Most(counts.Types, Enum.GetValues<CourseType>().Length).OrderBy(one => one.Key).Select(one => Value(((CourseType)one.Key).ToString(), "", one.Count))],
        [.. Most(counts.Schools, MostSchools).Select(one => (School: tree.FindSchool(columns.Schools[one.Key]), one.Count))
            .Where(one => one.School is not null).Select(one => Value(one.School!.Id, one.School.Name, one.Count))],
        [.. Merged(counts, columns, tree).OrderByDescending(one => one.Value).ThenBy(one => one.Key.Name, StringComparer.Ordinal).Take(MostPoints)
            .Select(one => Value(one.Key.Id, one.Key.Name, one.Value))],
        Named<ReviewLevel>(counts.Levels),
        Named<AwardLevel>(counts.Awards));

    private static FacetValue[] Named<T>(ReadOnlySpan<int> counts)
        where T : struct, Enum
    {
        var named = new List<FacetValue>();
        foreach (var value in Enum.GetValues<T>())
        {
            if (counts[1 + Convert.ToInt32(value, CultureInfo.InvariantCulture)] is > 0 and var count)
            {
                named.Add(Value(value.ToString(), "", count));
            }
        }

        return [.. named];
    }

    private static FacetValue Value(string key, string name, int count) => new(key, name, count);

    private static FacetValue[] Places(ShelfCounts counts, ShelfColumns columns, CatalogueTree tree, Facets facet, NodeKind kind, Func<NodePlace, string?> nameOf)
    {
        var sums = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var node = 1; node < columns.Nodes.Count; node++)
        {
            if (counts.AtNode(facet, node) is > 0 and var count && nameOf(tree.PlaceOf(columns.Nodes[node])) is { } name)
            {
                sums[name] = sums.GetValueOrDefault(name) + count;
            }
        }

        return [.. tree.NamesOf(kind).Where(sums.ContainsKey).Select(name => Value(name, name, sums[name]))];
    }

    private static IEnumerable<(int Key, int Count)> Most(ReadOnlySpan<int> counts, int most)
    {
        var found = new List<(int Key, int Count)>();
        for (var key = 0; key < counts.Length; key++)
        {
            if (counts[key] > 0)
            {
                found.Add((key, counts[key]));
            }
        }

        return found.OrderByDescending(one => one.Count).Take(most);
    }

    private static Dictionary<KnowledgePoint, int> Merged(ShelfCounts counts, ShelfColumns columns, CatalogueTree tree)
    {
        var sums = new Dictionary<KnowledgePoint, int>();
        for (var number = 1; number < counts.Points.Length; number++)
        {
            if (counts.Points[number] > 0 && tree.FindPoint(columns.Points[number]) is { } point)
            {
                sums[point] = sums.GetValueOrDefault(point) + counts.Points[number];
            }
        }

        return sums;
    }
}
