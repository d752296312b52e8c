using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Catalogue.Editing;

/// <summary>Changes of knowledge points and of what each needs.</summary>
internal sealed class PointEditor(ClassroomDb db, CatalogueLog log)
{
    public const int LongestName = 80;
    public const int MostNeeds = 20;

    public async Task<Reply<PointInfo>> AddAsync(PointCreate request, Caller caller, CancellationToken cancellationToken)
    {
        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        if (tree.Find(request.NodeId ?? "") is not { } node)
        {
            return Problems.NodeNotFound;
        }

        if (Refuse(tree, node.Id, request.Name, exceptId: null) is { } problem)
        {
            return problem;
        }

        var point = new KnowledgePoint
        {
            NodeId = node.Id,
            Name = request.Name.Trim(),
            Order = PointsOf(tree, node.Id).Select(other => other.Order + 1).DefaultIfEmpty(0).Max(),
        };
        db.KnowledgePoints.Add(point);
        await log.SaveAsync(caller, "add", point.Id, $"{node.Name} · {point.Name}", cancellationToken);
        return new PointInfo(point.Id, node.Id, point.Name, 0, []);
    }

    public async Task<Reply<bool>> EditAsync(string id, PointEdit request, Caller caller, CancellationToken cancellationToken)
    {
        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        if (tree.FindPoint(id) is not { } shown || await db.KnowledgePoints.FindAsync([shown.Id], cancellationToken) is not { } point)
        {
            return Problems.PointNotFound;
        }

        if (tree.Find(request.NodeId ?? "") is not { } node)
        {
            return Problems.NodeNotFound;
        }

        if (Refuse(tree, node.Id, request.Name, shown.Id) is { } problem)
        {
            return problem;
        }

        var needs = (request.NeedIds ?? []).Select(tree.FindPoint).ToList();
        if (needs.Contains(null) || needs.Count > MostNeeds)
        {
            return Problems.Invalid([new ApiProblemField("needIds", $"At most {MostNeeds} points, all in the catalogue.")]);
        }

        var needIds = needs.Select(need => need!.Id).Distinct(StringComparer.Ordinal).ToList();
        if (needIds.Exists(need => Leads(tree.Points, need, shown.Id)))
        {
            return Problems.NeedsItself;
        }

        var words = point.Name == request.Name.Trim() ? point.Name : $"{point.Name} → {request.Name.Trim()}";
        (point.Name, point.NodeId) = (request.Name.Trim(), node.Id);
        var old = await db.PointNeeds.Where(need => need.PointId == shown.Id).ToListAsync(cancellationToken);
        db.PointNeeds.RemoveRange(old.Where(need => !needIds.Contains(need.NeedsId, StringComparer.Ordinal)));
        db.PointNeeds.AddRange(needIds.Where(need => !old.Exists(row => row.NeedsId == need)).Select(need => new PointNeed { PointId = shown.Id, NeedsId = need }));
        await log.SaveAsync(caller, "edit", point.Id, words, cancellationToken);
        return true;
    }

    public async Task<Reply<bool>> MergeAsync(string id, string intoId, Caller caller, CancellationToken cancellationToken)
    {
        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        if (tree.FindPoint(id) is not { } from || tree.FindPoint(intoId ?? "") is not { } into)
        {
            return Problems.PointNotFound;
        }

        if (from.Id == into.Id)
        {
            return Problems.NameTaken;
        }

        var row = await db.KnowledgePoints.FirstAsync(point => point.Id == from.Id, cancellationToken);
        row.RedirectToId = into.Id;
        await log.SaveAsync(caller, "merge", from.Id, $"{from.Name} → {into.Name}", cancellationToken);
        return true;
    }

    /// <summary>Only what no course and no question carries: everything else is merged.</summary>
    public async Task<Reply<bool>> DeleteAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (await db.KnowledgePoints.FirstOrDefaultAsync(point => point.Id == id && point.RedirectToId == null, cancellationToken) is not { } row)
        {
            return Problems.PointNotFound;
        }

        if (await db.MicroCourses.AnyAsync(course => course.Points.Any(link => link.KnowledgePointId == id), cancellationToken)
            || await db.KnowledgePoints.AnyAsync(point => point.RedirectToId == id, cancellationToken)
            || await db.LessonQuestions.AnyAsync(question => question.KnowledgePointId == id, cancellationToken))
        {
            return Problems.PointInUse;
        }

        await db.PointNeeds.Where(need => need.PointId == id || need.NeedsId == id).ExecuteDeleteAsync(cancellationToken);
        db.KnowledgePoints.Remove(row);
        await log.SaveAsync(caller, "delete", id, row.Name, cancellationToken);
        return true;
    }

    /// <summary>Whether a point needs another, itself or by what it needs.</summary>
    public static bool Leads(CataloguePoints points, string fromId, string toId)
    {
        var (seen, waiting) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>([fromId]));
        while (waiting.TryPop(out var id))
        {
            if (id == toId)
            {
                return true;
            }

            foreach (var need in points.NeedsOf(id).Where(need => seen.Add(need.Id)))
            {
                waiting.Push(need.Id);
            }
        }

        return false;
    }

    private static ApiProblem? Refuse(CatalogueTree tree, string nodeId, string? name, string? exceptId) => name?.Trim() switch
    {
        { Length: > 0 and <= LongestName } trimmed => PointsOf(tree, nodeId).Any(point => point.Name == trimmed && point.Id != exceptId) ? Problems.NameTaken : null,
        _ => Problems.Invalid([new ApiProblemField("name", $"A name has 1 to {LongestName} characters.")]),
    };

    private static IEnumerable<KnowledgePoint> PointsOf(CatalogueTree tree, string nodeId) =>
        tree.Points.Shown.Where(point => tree.Find(point.NodeId)?.Id == nodeId);
}
