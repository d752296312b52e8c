using Classroom.Data;
using Classroom.Signaling.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Live;

/// <summary>The knowledge points of a chapter node and of everything below it, for the teacher's marks.</summary>
internal sealed class KnowledgePointsOf(IClassroomDbFactory databases)
{
    /// <summary>The tree has seven levels; the bound guards against a loop in imported data.</summary>
    private const int DeepestLevel = 8;
    private const int MostPoints = 200;

    public async Task<KnowledgePointInfo[]> ReadAsync(string? nodeId, CancellationToken cancellationToken)
    {
        if (nodeId is null)
        {
            return [];
        }

        await using var db = databases.Create();
        List<string> all = [nodeId];
        List<string> level = [nodeId];
        for (var depth = 0; depth < DeepestLevel && level.Count > 0; depth++)
        {
            var parents = level;
            level = await db.CatalogueNodes.Where(node => node.ParentId != null && parents.Contains(node.ParentId)).Select(node => node.Id).ToListAsync(cancellationToken);
            all.AddRange(level);
        }

        return await db.KnowledgePoints
            .Where(point => all.Contains(point.NodeId))
            .OrderBy(point => point.NodeId).ThenBy(point => point.Order)
            .Take(MostPoints)
            .Select(point => new KnowledgePointInfo(point.Id, point.Name))
            .ToArrayAsync(cancellationToken);
    }
}
