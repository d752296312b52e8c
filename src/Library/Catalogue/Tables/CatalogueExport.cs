using Classroom.Data;

namespace Classroom.Library.Catalogue.Tables;

/// <summary>Writes the tree as rows: one for each knowledge point, and one for each node that ends a branch without any.</summary>
internal static class CatalogueExport
{
    public static IEnumerable<CatalogueRow> Rows(CatalogueTree tree)
    {
        var points = tree.Points.Shown.ToLookup(point => tree.Find(point.NodeId)?.Id ?? "", StringComparer.Ordinal);
        var line = 1;
        foreach (var node in tree.All)
        {
            var (path, version) = PathOf(tree, node);
            var mine = points[node.Id].ToList();
            if (mine.Count == 0 && !tree.ChildrenOf(node.Id).Any())
            {
                yield return new CatalogueRow(++line, path, version, "", []);
            }

            foreach (var point in mine)
            {
                yield return new CatalogueRow(++line, path, version, point.Name, [.. tree.Points.NeedsOf(point.Id).Select(need => need.Name)]);
            }
        }
    }

    private static (string[] Path, string Version) PathOf(CatalogueTree tree, CatalogueNode node)
    {
        var (path, version) = (new string[CatalogueRow.Levels], "");
        Array.Fill(path, "");
        for (var at = node; at is not null; at = at.ParentId is null ? null : tree.Find(at.ParentId))
        {
            path[(int)at.Kind] = at.Name;
            version = at.Kind == NodeKind.Edition ? at.Version : version;
        }

        return (path, version);
    }
}
