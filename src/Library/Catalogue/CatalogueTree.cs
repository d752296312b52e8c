using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Catalogue;

/// <summary>The chapter tree at one moment, immutable. Nodes that were moved or merged are not shown; whoever asks for them gets what they became.</summary>
internal sealed class CatalogueTree
{
    private const string Separator = " › ";
    private const int MaxHops = 16;

    private readonly Dictionary<string, CatalogueNode> _nodes;
    private readonly ILookup<string, CatalogueNode> _children;
    private readonly ILookup<string, string> _redirectsTo;

    public CatalogueTree(IEnumerable<CatalogueNode> nodes)
    {
        _nodes = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        _children = _nodes.Values.Where(node => node.RedirectToId is null)
            .OrderBy(node => node.Order).ThenBy(node => node.Id, StringComparer.Ordinal)
            .ToLookup(node => node.ParentId ?? "", StringComparer.Ordinal);
        _redirectsTo = _nodes.Values.Where(node => node.RedirectToId is not null)
            .ToLookup(node => node.RedirectToId!, node => node.Id, StringComparer.Ordinal);
    }

    public static async Task<CatalogueTree> LoadAsync(ClassroomDb db, CancellationToken cancellationToken) =>
        new(await db.CatalogueNodes.AsNoTracking().ToListAsync(cancellationToken));

    /// <summary>All shown nodes, each before its children.</summary>
    public IEnumerable<CatalogueNode> All => Walk("");

    public IEnumerable<CatalogueNode> ChildrenOf(string? parentId) => _children[parentId ?? ""];

    /// <summary>The node, or what it was moved into; null when there is none.</summary>
    public CatalogueNode? Find(string id)
    {
        for (var hop = 0; hop < MaxHops && _nodes.TryGetValue(id, out var node); hop++)
        {
            if (node.RedirectToId is null)
            {
                return node;
            }

            id = node.RedirectToId;
        }

        return null;
    }

    /// <summary>The names from the root down, "小学 › 五年级 › 数学 › …"; null when there is no such node.</summary>
    public string? PathOf(string? id)
    {
        var names = new List<string>();
        for (var node = id is null ? null : Find(id); node is not null && names.Count < MaxHops; node = node.ParentId is null ? null : Find(node.ParentId))
        {
            names.Add(node.Name);
        }

        names.Reverse();
        return names.Count == 0 ? null : string.Join(Separator, names);
    }

    /// <summary>The ids under which courses of this node and all below may be filed, former ids included.</summary>
    public IReadOnlyList<string> IdsBelow(string id)
    {
        if (Find(id) is not { } root)
        {
            return [];
        }

        var shown = Walk(root.Id).Select(node => node.Id).Prepend(root.Id).ToList();
        return [.. shown, .. shown.SelectMany(FormerIds)];
    }

    /// <summary>Adds to each node what lies below it.</summary>
    /// <param name="own">What is filed under exactly this id.</param>
    public Dictionary<string, int> Sum(IReadOnlyDictionary<string, int> own)
    {
        var sums = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, count) in own)
        {
            for (var node = Find(id); node is not null; node = node.ParentId is null ? null : Find(node.ParentId))
            {
                sums[node.Id] = sums.GetValueOrDefault(node.Id) + count;
            }
        }

        return sums;
    }

    private IEnumerable<string> FormerIds(string id) => _redirectsTo[id].SelectMany(former => FormerIds(former).Prepend(former));

    private IEnumerable<CatalogueNode> Walk(string parentId)
    {
        foreach (var node in _children[parentId])
        {
            yield return node;
            foreach (var below in Walk(node.Id))
            {
                yield return below;
            }
        }
    }
}
