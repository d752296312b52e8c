using Classroom.Data;
using Classroom.Library.Search;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Catalogue;

/// <summary>The catalogue at one moment, immutable. Nodes and points that were merged are not shown; whoever asks for them gets what they became.</summary>
internal sealed class CatalogueTree
{
    private const string Separator = " › ";
    private const int MaxHops = 16;

    private readonly Dictionary<string, CatalogueNode> _nodes;
    private readonly ILookup<string, CatalogueNode> _children;
    private readonly ILookup<string, string> _redirectsTo;
    private readonly Dictionary<string, NodePlace> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _foldedPaths = new(StringComparer.Ordinal);
    private readonly CataloguePoints _points;
    private readonly Dictionary<string, School> _schools;

    public CatalogueTree(IEnumerable<CatalogueNode> nodes, CataloguePoints? points = null, IEnumerable<School>? schools = null)
    {
        _nodes = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        _children = _nodes.Values.Where(node => node.RedirectToId is null)
            .OrderBy(node => node.Order).ThenBy(node => node.Id, StringComparer.Ordinal)
            .ToLookup(node => node.ParentId ?? "", StringComparer.Ordinal);
        _redirectsTo = _nodes.Values.Where(node => node.RedirectToId is not null)
            .ToLookup(node => node.RedirectToId!, node => node.Id, StringComparer.Ordinal);
        _points = points ?? new CataloguePoints([], []);
        _schools = (schools ?? []).ToDictionary(school => school.Id, StringComparer.Ordinal);
        All = [.. Walk("")];
        foreach (var node in All)
        {
            _places[node.Id] = PlaceOf(node.ParentId).With(node);
            _foldedPaths[node.Id] = $"{(node.ParentId is null ? "" : _foldedPaths[node.ParentId])}\n{TextFolding.Fold(node.Name)}";
        }
    }

    public static async Task<CatalogueTree> LoadAsync(ClassroomDb db, CancellationToken cancellationToken) => new(
        await db.CatalogueNodes.AsNoTracking().ToListAsync(cancellationToken),
        new CataloguePoints(await db.KnowledgePoints.AsNoTracking().ToListAsync(cancellationToken), await db.PointNeeds.AsNoTracking().ToListAsync(cancellationToken)),
        await db.Schools.AsNoTracking().ToListAsync(cancellationToken));

    /// <summary>All shown nodes, each before its children.</summary>
    public IReadOnlyList<CatalogueNode> All { get; }

    public CataloguePoints Points => _points;

    public IEnumerable<School> Schools => _schools.Values;

    public IEnumerable<CatalogueNode> ChildrenOf(string? parentId) => _children[parentId ?? ""];

    /// <summary>The node, or what it was merged into; null when there is none.</summary>
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

    public KnowledgePoint? FindPoint(string id) => _points.Find(id);

    public School? FindSchool(string id) => _schools.GetValueOrDefault(id);

    public NodePlace PlaceOf(string? id) => id is null || Find(id) is not { } node ? default : _places.GetValueOrDefault(node.Id);

    /// <summary>The names of a level, each once, in the order of the book.</summary>
    public IEnumerable<string> NamesOf(NodeKind kind) => All.Where(node => node.Kind == kind).Select(node => node.Name).Distinct(StringComparer.Ordinal);

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

    /// <summary>The folded names from the root down, for looking words up in.</summary>
    public string? FoldedPathOf(string id) => Find(id) is { } node ? _foldedPaths.GetValueOrDefault(node.Id) : null;

    public string? FoldedPoint(string id) => FindPoint(id) is { } point ? TextFolding.Fold(point.Name) : null;

    public string? FoldedSchool(string id) => _schools.TryGetValue(id, out var school) ? TextFolding.Fold(school.Name) : null;

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
