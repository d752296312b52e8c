using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Shelves;

namespace Classroom.Library.Catalogue;

/// <summary>The chapter tree and its knowledge points, with the number of published courses at each.</summary>
internal sealed class CatalogueReader(ClassroomDb db, CatalogueTrees trees, Shelf shelf)
{
    private const int MostPoints = 1000;

    public async Task<TreeNode[]> WholeTreeAsync(CancellationToken cancellationToken)
    {
        var tree = await trees.GetAsync(db, cancellationToken);
        return await WithCountsAsync(tree, tree.All, cancellationToken);
    }

    /// <param name="parentId">Null: the top of the tree.</param>
    public async Task<Reply<TreeNode[]>> ChildrenAsync(string? parentId, CancellationToken cancellationToken)
    {
        var tree = await trees.GetAsync(db, cancellationToken);
        if (parentId is null)
        {
            return await WithCountsAsync(tree, tree.ChildrenOf(parentId: null), cancellationToken);
        }

        return tree.Find(parentId) is { } parent
            ? await WithCountsAsync(tree, tree.ChildrenOf(parent.Id), cancellationToken)
            : Problems.NodeNotFound;
    }

    /// <summary>The knowledge points of a node and of all below it, in the order of the book; of the whole catalogue without a node.</summary>
    public async Task<Reply<PointInfo[]>> PointsAsync(string? nodeId, CancellationToken cancellationToken)
    {
        var tree = await trees.GetAsync(db, cancellationToken);
        if (nodeId is not null && tree.Find(nodeId) is null)
        {
            return Problems.NodeNotFound;
        }

        var ids = nodeId is null ? null : tree.IdsBelow(nodeId).ToHashSet(StringComparer.Ordinal);
        var place = tree.All.Select((node, index) => (node.Id, index)).ToDictionary(item => item.Id, item => item.index, StringComparer.Ordinal);
        await shelf.RefreshAsync(db, cancellationToken);
        var counts = CountsByPoint(tree);
        return tree.Points.Shown
            .Where(point => ids?.Contains(point.NodeId) != false)
            .OrderBy(point => place.GetValueOrDefault(tree.Find(point.NodeId)?.Id ?? "", int.MaxValue)).Take(MostPoints)
            .Select(point => new PointInfo(
                point.Id, tree.Find(point.NodeId)?.Id ?? point.NodeId, point.Name, counts.GetValueOrDefault(point.Id),
                [.. tree.Points.NeedsOf(point.Id).Select(need => new PointRef(need.Id, need.Name))]))
            .ToArray();
    }

    private Dictionary<string, int> CountsByPoint(CatalogueTree tree)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, count) in shelf.Totals().ByPoint)
        {
            if (tree.FindPoint(id) is { } point)
            {
                counts[point.Id] = counts.GetValueOrDefault(point.Id) + count;
            }
        }

        return counts;
    }

    private async Task<TreeNode[]> WithCountsAsync(CatalogueTree tree, IEnumerable<CatalogueNode> nodes, CancellationToken cancellationToken)
    {
        await shelf.RefreshAsync(db, cancellationToken);
        var sums = tree.Sum(shelf.Totals().ByNode);
        return [.. nodes.Select(node => new TreeNode(
            node.Id, node.ParentId, node.Kind, node.Name, node.Order, sums.GetValueOrDefault(node.Id), tree.ChildrenOf(node.Id).Any(), node.Version, node.IsRetired))];
    }
}
