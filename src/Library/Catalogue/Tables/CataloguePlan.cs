using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Catalogue.Editing;

namespace Classroom.Library.Catalogue.Tables;

/// <summary>What an import would add, built row by row upon the tree that is there.</summary>
internal sealed class CataloguePlan
{
    private readonly CatalogueTree _tree;
    private readonly Dictionary<(string Parent, NodeKind Kind, string Name), CatalogueNode> _nodes = [];
    private readonly Dictionary<(string Node, string Name), KnowledgePoint> _points = [];
    private readonly Dictionary<string, int> _childCounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _pointCounts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Subject, string Name), KnowledgePoint> _bySubject = [];
    private readonly List<(CatalogueRow Row, KnowledgePoint Point)> _withNeeds = [];

    public CataloguePlan(CatalogueTree tree)
    {
        _tree = tree;
        foreach (var node in tree.All)
        {
            Know(node);
        }

        foreach (var point in tree.Points.Shown)
        {
            if (tree.Find(point.NodeId) is { } node)
            {
                Know(point, node.Id, SubjectOf(tree.PlaceOf(node.Id)));
            }
        }
    }

    public List<CatalogueNode> NewNodes { get; } = [];

    public List<KnowledgePoint> NewPoints { get; } = [];

    public List<PointNeed> NewNeeds { get; } = [];

    public HashSet<CatalogueNode> ChangedNodes { get; } = [];

    public int Added => NewNodes.Count + NewPoints.Count;

    public int Changed => ChangedNodes.Count + NewNeeds.Count;

    public void Add(CatalogueRow row)
    {
        CatalogueNode? node = null;
        foreach (var kind in Enum.GetValues<NodeKind>().Where(kind => row.Path[(int)kind].Length > 0))
        {
            node = NodeOf(node, kind, row.Path[(int)kind]);
            if (kind == NodeKind.Edition && row.Version.Length > 0 && node.Version != row.Version)
            {
                node.Version = row.Version;
                if (_tree.Find(node.Id) is not null)
                {
                    ChangedNodes.Add(node);
                }
            }
        }

        if (row.Point.Length > 0)
        {
            var point = PointOf(node!.Id, row);
            if (row.Needs.Length > 0)
            {
                _withNeeds.Add((row, point));
            }
        }
    }

    /// <summary>Needs are names within the subject, known only when all rows are.</summary>
    public IEnumerable<ImportProblem> ResolveNeeds()
    {
        var needs = new List<PointNeed>();
        foreach (var (row, point) in _withNeeds)
        {
            foreach (var name in row.Needs.Distinct(StringComparer.Ordinal))
            {
                if (!_bySubject.TryGetValue((row.Path[(int)NodeKind.Stage] + row.Path[(int)NodeKind.Subject], name), out var need))
                {
                    yield return new ImportProblem(row.Line, $"There is no point \"{name}\" in this subject.", "no_point", name);
                }
                else
                {
                    needs.Add(new PointNeed { PointId = point.Id, NeedsId = need.Id });
                }
            }
        }

        var before = _tree.Points.Shown.SelectMany(point => _tree.Points.NeedsOf(point.Id).Select(need => new PointNeed { PointId = point.Id, NeedsId = need.Id })).ToList();
        var all = new CataloguePoints(_points.Values, before.Concat(needs));
        foreach (var (row, point) in _withNeeds.Where(one => all.NeedsOf(one.Point.Id).Any(need => PointEditor.Leads(all, need.Id, one.Point.Id))))
        {
            yield return new ImportProblem(row.Line, $"\"{point.Name}\" would have to be learned before itself.", "needs_itself", point.Name);
        }

        var known = before.Select(need => (need.PointId, need.NeedsId)).ToHashSet();
        NewNeeds.AddRange(needs.Where(need => need.PointId != need.NeedsId && known.Add((need.PointId, need.NeedsId))));
    }

    private static string SubjectOf(NodePlace place) => place.Stage + place.Subject;

    private CatalogueNode NodeOf(CatalogueNode? parent, NodeKind kind, string name)
    {
        if (_nodes.TryGetValue((parent?.Id ?? "", kind, name), out var node))
        {
            return node;
        }

        node = new CatalogueNode { ParentId = parent?.Id, Kind = kind, Name = name, Order = _childCounts.GetValueOrDefault(parent?.Id ?? "") };
        NewNodes.Add(node);
        Know(node);
        return node;
    }

    private KnowledgePoint PointOf(string nodeId, CatalogueRow row)
    {
        if (_points.TryGetValue((nodeId, row.Point), out var point))
        {
            return point;
        }

        point = new KnowledgePoint { NodeId = nodeId, Name = row.Point, Order = _pointCounts.GetValueOrDefault(nodeId) };
        NewPoints.Add(point);
        Know(point, nodeId, row.Path[(int)NodeKind.Stage] + row.Path[(int)NodeKind.Subject]);
        return point;
    }

    private void Know(CatalogueNode node)
    {
        var parent = node.ParentId ?? "";
        _nodes.TryAdd((parent, node.Kind, node.Name), node);
        _childCounts[parent] = Math.Max(_childCounts.GetValueOrDefault(parent), node.Order + 1);
    }

    private void Know(KnowledgePoint point, string nodeId, string subject)
    {
        _points.TryAdd((nodeId, point.Name), point);
        _bySubject.TryAdd((subject, point.Name), point);
        _pointCounts[nodeId] = Math.Max(_pointCounts.GetValueOrDefault(nodeId), point.Order + 1);
    }
}
