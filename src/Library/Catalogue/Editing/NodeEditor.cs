using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Catalogue.Editing;

/// <summary>Changes of the chapter tree. Ids stay what they are for ever: a moved node keeps its id, a merged one leads to what it became.</summary>
internal sealed class NodeEditor(ClassroomDb db, CatalogueLog log)
{
    public const int LongestName = 80;
    public const int LongestVersion = 40;

    public async Task<Reply<TreeNode>> AddAsync(NodeCreate request, Caller caller, CancellationToken cancellationToken)
    {
        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        var parent = request.ParentId is null ? null : tree.Find(request.ParentId);
        if (request.ParentId is not null && parent is null)
        {
            return Problems.NodeNotFound;
        }

        if (Check(request.Name, request.Version) is { Count: > 0 } wrong)
        {
            return Problems.Invalid(wrong);
        }

        if (!Enum.IsDefined(request.Kind) || (parent is not null && request.Kind <= parent.Kind))
        {
            return Problems.WrongLevel;
        }

        var name = request.Name.Trim();
        if (IsTaken(tree, parent?.Id, request.Kind, name, exceptId: null))
        {
            return Problems.NameTaken;
        }

        var node = new CatalogueNode
        {
            ParentId = parent?.Id,
            Kind = request.Kind,
            Name = name,
            Version = request.Version?.Trim() ?? "",
            Order = tree.ChildrenOf(parent?.Id).Select(child => child.Order + 1).DefaultIfEmpty(0).Max(),
        };
        db.CatalogueNodes.Add(node);
        await log.SaveAsync(caller, "add", node.Id, name, cancellationToken);
        return ToNode(node);
    }

    public async Task<Reply<TreeNode>> EditAsync(string id, NodeEdit request, Caller caller, CancellationToken cancellationToken)
    {
        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        if (tree.Find(id) is not { } shown || await db.CatalogueNodes.FindAsync([shown.Id], cancellationToken) is not { } node)
        {
            return Problems.NodeNotFound;
        }

        if (Check(request.Name, request.Version) is { Count: > 0 } wrong)
        {
            return Problems.Invalid(wrong);
        }

        var name = request.Name.Trim();
        if (IsTaken(tree, node.ParentId, node.Kind, name, node.Id))
        {
            return Problems.NameTaken;
        }

        var words = node.Name == name ? name : $"{node.Name} → {name}";
        (node.Name, node.Version, node.IsRetired) = (name, request.Version?.Trim() ?? "", request.IsRetired);
        await log.SaveAsync(caller, "edit", node.Id, words, cancellationToken);
        return ToNode(node);
    }

    public async Task<Reply<TreeNode>> MoveAsync(string id, NodeMove request, Caller caller, CancellationToken cancellationToken)
    {
        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        var parent = request.ParentId is null ? null : tree.Find(request.ParentId);
        if (tree.Find(id) is not { } shown || (request.ParentId is not null && parent is null))
        {
            return Problems.NodeNotFound;
        }

        if (parent is not null && (parent.Kind >= shown.Kind || tree.IdsBelow(shown.Id).Contains(parent.Id, StringComparer.Ordinal)))
        {
            return Problems.WrongLevel;
        }

        if (IsTaken(tree, parent?.Id, shown.Kind, shown.Name, shown.Id))
        {
            return Problems.NameTaken;
        }

        var siblings = tree.ChildrenOf(parent?.Id).Select(child => child.Id).Where(child => child != shown.Id).ToList();
        var place = request.BeforeId is null ? -1 : siblings.IndexOf(request.BeforeId);
        siblings.Insert(place < 0 ? siblings.Count : place, shown.Id);
        var rows = await db.CatalogueNodes.Where(node => EF.Parameter(siblings).Contains(node.Id)).ToDictionaryAsync(node => node.Id, cancellationToken);
        for (var order = 0; order < siblings.Count; order++)
        {
            rows[siblings[order]].Order = order;
        }

        rows[shown.Id].ParentId = parent?.Id;
        await log.SaveAsync(caller, "move", shown.Id, $"{tree.PathOf(shown.Id)} → {tree.PathOf(parent?.Id)}", cancellationToken);
        return ToNode(rows[shown.Id]);
    }

    /// <summary>Only what nothing hangs on: everything else is merged or retired.</summary>
    public async Task<Reply<bool>> DeleteAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (await db.CatalogueNodes.FirstOrDefaultAsync(node => node.Id == id && node.RedirectToId == null, cancellationToken) is not { } row)
        {
            return Problems.NodeNotFound;
        }

        if (await db.CatalogueNodes.AnyAsync(node => node.ParentId == id || node.RedirectToId == id, cancellationToken)
            || await db.KnowledgePoints.AnyAsync(point => point.NodeId == id, cancellationToken)
            || await db.MicroCourses.AnyAsync(course => course.NodeId == id, cancellationToken)
            || await db.Lessons.AnyAsync(lesson => lesson.ChapterNodeId == id, cancellationToken))
        {
            return Problems.NodeInUse;
        }

        db.CatalogueNodes.Remove(row);
        await log.SaveAsync(caller, "delete", id, row.Name, cancellationToken);
        return true;
    }

    public static TreeNode ToNode(CatalogueNode node) => new(node.Id, node.ParentId, node.Kind, node.Name, node.Order, 0, HasChildren: false, node.Version, node.IsRetired);

    private static bool IsTaken(CatalogueTree tree, string? parentId, NodeKind kind, string name, string? exceptId) =>
        tree.ChildrenOf(parentId).Any(child => child.Kind == kind && child.Name == name && child.Id != exceptId);

    private static List<ApiProblemField> Check(string? name, string? version)
    {
        var wrong = new List<ApiProblemField>();
        if (name?.Trim().Length is null or 0 or > LongestName)
        {
            wrong.Add(new ApiProblemField("name", $"A name has 1 to {LongestName} characters."));
        }

        if (version?.Trim().Length > LongestVersion)
        {
            wrong.Add(new ApiProblemField("version", $"A version has at most {LongestVersion} characters."));
        }

        return wrong;
    }
}
