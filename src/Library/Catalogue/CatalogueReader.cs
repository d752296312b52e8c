using Classroom.Data;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Catalogue;

/// <summary>The chapter tree and its knowledge points, with the number of published courses at each.</summary>
internal sealed class CatalogueReader(ClassroomDb db, CatalogueTrees trees)
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

    /// <summary>The knowledge points of a node and of all below it; of the whole catalogue without a node.</summary>
    public async Task<Reply<PointInfo[]>> PointsAsync(string? nodeId, CancellationToken cancellationToken)
    {
        var points = db.KnowledgePoints.AsNoTracking();
        var tree = await trees.GetAsync(db, cancellationToken);
        if (nodeId is not null)
        {
            var ids = tree.IdsBelow(nodeId);
            if (ids.Count == 0)
            {
                return Problems.NodeNotFound;
            }

            points = points.Where(point => EF.Parameter(ids).Contains(point.NodeId));
        }

        var found = await points
            .OrderBy(point => point.NodeId).ThenBy(point => point.Order).Take(MostPoints)
            .Select(point => new PointInfo(
                point.Id, point.NodeId, point.Name,
                db.MicroCourses.Count(course => course.State == CourseState.Published && course.Points.Any(link => link.KnowledgePointId == point.Id))))
            .ToListAsync(cancellationToken);

        // In the order of the book, not of the ids.
        var place = tree.All.Select((node, index) => (node.Id, index)).ToDictionary(item => item.Id, item => item.index, StringComparer.Ordinal);
        return found.OrderBy(point => place.GetValueOrDefault(tree.Find(point.NodeId)?.Id ?? "", int.MaxValue)).ToArray();
    }

    private async Task<TreeNode[]> WithCountsAsync(CatalogueTree tree, IEnumerable<CatalogueNode> nodes, CancellationToken cancellationToken)
    {
        var own = await db.MicroCourses.Where(course => course.State == CourseState.Published && course.NodeId != null)
            .GroupBy(course => course.NodeId!).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, StringComparer.Ordinal, cancellationToken);
        var sums = tree.Sum(own);
        return [.. nodes.Select(node => new TreeNode(
            node.Id, node.ParentId, node.Kind, node.Name, node.Order, sums.GetValueOrDefault(node.Id), tree.ChildrenOf(node.Id).Any()))];
    }
}
