namespace Classroom.Library.Shelves;

/// <summary>How many shown courses are filed under exactly this node, and carry exactly this point.</summary>
internal sealed record ShelfTotals(int Version, IReadOnlyDictionary<string, int> ByNode, IReadOnlyDictionary<string, int> ByPoint)
{
    public static ShelfTotals Count(ShelfColumns columns, int version)
    {
        var nodes = new int[columns.Nodes.Count];
        var points = new int[columns.Points.Count];
        foreach (var number in columns.Order)
        {
            nodes[columns.Node[number]]++;
            foreach (var point in columns.PointsOf(number))
            {
                points[point]++;
            }
        }

        return new ShelfTotals(version, Named(nodes, columns.Nodes), Named(points, columns.Points));
    }

    private static Dictionary<string, int> Named(int[] counts, NumberedTexts texts)
    {
        var named = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var number = 1; number < counts.Length; number++)
        {
            if (counts[number] > 0)
            {
                named[texts[number]] = counts[number];
            }
        }

        return named;
    }
}
