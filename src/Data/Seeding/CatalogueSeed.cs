using System.Security.Cryptography;
using System.Text;

namespace Classroom.Data.Seeding;

/// <summary>Unfolds catalogue.json into nodes and knowledge points. Their ids follow from their place, so that seeding again finds them.</summary>
internal sealed class CatalogueSeed
{
    private static readonly NodeKind[] Levels = [NodeKind.Stage, NodeKind.Grade, NodeKind.Subject, NodeKind.Edition, NodeKind.Volume, NodeKind.Unit, NodeKind.Section];

    private readonly Dictionary<string, CatalogueNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<KnowledgePoint> _points = [];

    public CatalogueSeed(IEnumerable<SeedVolume> volumes)
    {
        foreach (var volume in volumes)
        {
            foreach (var unit in volume.Units)
            {
                foreach (var section in unit.Sections)
                {
                    Add(volume, unit, section);
                }
            }
        }
    }

    public IReadOnlyCollection<CatalogueNode> Nodes => _nodes.Values;

    public IReadOnlyCollection<KnowledgePoint> Points => _points;

    /// <param name="path">Names from the 学段 down.</param>
    public static string NodeId(params ReadOnlySpan<string> path) => IdOf("node/" + string.Join('/', path!));

    private void Add(SeedVolume volume, SeedUnit unit, SeedSection section)
    {
        string[] path = [.. volume.Path, unit.Name, section.Name];
        for (var depth = 1; depth <= path.Length; depth++)
        {
            AddNode(path.AsSpan(0, depth));
        }

        var nodeId = NodeId(path);
        _points.AddRange(section.Points.Select((name, order) => new KnowledgePoint
        {
            Id = IdOf($"point/{nodeId}/{name}"),
            NodeId = nodeId,
            Name = name,
            Order = order,
        }));
    }

    private void AddNode(ReadOnlySpan<string> path)
    {
        var id = NodeId(path);
        if (_nodes.ContainsKey(id))
        {
            return;
        }

        var parentId = path.Length > 1 ? NodeId(path[..^1]) : null;
        _nodes[id] = new CatalogueNode
        {
            Id = id,
            ParentId = parentId,
            Kind = Levels[path.Length - 1],
            Name = path[^1],
            Order = _nodes.Values.Count(node => node.ParentId == parentId),
        };
    }

    private static string IdOf(string place) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)).AsSpan(0, 16));
}
