using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Catalogue.Editing;

/// <summary>Makes one branch a part of another: what has the same name below both becomes one, the rest moves over, and every old id leads on.</summary>
internal sealed class NodeMerger(ClassroomDb db, CatalogueLog log)
{
    public async Task<Reply<bool>> MergeAsync(string id, string intoId, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        if (tree.Find(id) is not { } from || tree.Find(intoId ?? "") is not { } into)
        {
            return Problems.NodeNotFound;
        }

        if (from.Id == into.Id || from.Kind != into.Kind || tree.IdsBelow(from.Id).Contains(into.Id, StringComparer.Ordinal))
        {
            return Problems.WrongLevel;
        }

        var branches = tree.IdsBelow(from.Id).Concat(tree.IdsBelow(into.Id)).ToList();
        var nodes = await db.CatalogueNodes.Where(node => EF.Parameter(branches).Contains(node.Id)).ToDictionaryAsync(node => node.Id, cancellationToken);
        var points = (await db.KnowledgePoints.Where(point => point.RedirectToId == null && EF.Parameter(branches).Contains(point.NodeId)).ToListAsync(cancellationToken))
            .ToLookup(point => tree.Find(point.NodeId)!.Id, StringComparer.Ordinal);
        Merge(tree, nodes, points, from.Id, into.Id);
        await log.SaveAsync(caller, "merge", from.Id, $"{tree.PathOf(from.Id)} → {tree.PathOf(into.Id)}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static void Merge(CatalogueTree tree, Dictionary<string, CatalogueNode> nodes, ILookup<string, KnowledgePoint> points, string fromId, string intoId)
    {
        nodes[fromId].RedirectToId = intoId;
        var order = tree.ChildrenOf(intoId).Count();
        foreach (var child in tree.ChildrenOf(fromId).ToList())
        {
            if (tree.ChildrenOf(intoId).FirstOrDefault(other => other.Kind == child.Kind && other.Name == child.Name) is { } twin)
            {
                Merge(tree, nodes, points, child.Id, twin.Id);
            }
            else
            {
                (nodes[child.Id].ParentId, nodes[child.Id].Order) = (intoId, order++);
            }
        }

        var there = points[intoId].ToList();
        foreach (var point in points[fromId])
        {
            if (there.Find(other => other.Name == point.Name) is { } twin)
            {
                point.RedirectToId = twin.Id;
            }
            else
            {
                (point.NodeId, point.Order) = (intoId, there.Count);
                there.Add(point);
            }
        }
    }
}
