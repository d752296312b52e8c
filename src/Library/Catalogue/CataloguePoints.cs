using Classroom.Data;

namespace Classroom.Library.Catalogue;

/// <summary>The knowledge points at one moment, immutable, with what each needs.</summary>
internal sealed class CataloguePoints
{
    private const int MaxHops = 16;

    private readonly Dictionary<string, KnowledgePoint> _points;
    private readonly ILookup<string, string> _needs;

    public CataloguePoints(IEnumerable<KnowledgePoint> points, IEnumerable<PointNeed> needs)
    {
        _points = points.ToDictionary(point => point.Id, StringComparer.Ordinal);
        _needs = needs.ToLookup(need => need.PointId, need => need.NeedsId, StringComparer.Ordinal);
        Shown = [.. _points.Values.Where(point => point.RedirectToId is null).OrderBy(point => point.Order).ThenBy(point => point.Id, StringComparer.Ordinal)];
    }

    /// <summary>Those that were not merged away, by their order within their nodes.</summary>
    public IReadOnlyList<KnowledgePoint> Shown { get; }

    /// <summary>The point, or what it was merged into.</summary>
    public KnowledgePoint? Find(string id)
    {
        for (var hop = 0; hop < MaxHops && _points.TryGetValue(id, out var point); hop++)
        {
            if (point.RedirectToId is null)
            {
                return point;
            }

            id = point.RedirectToId;
        }

        return null;
    }

    /// <summary>What is learned before.</summary>
    public IEnumerable<KnowledgePoint> NeedsOf(string id) => _needs[id].Select(Find).OfType<KnowledgePoint>().Where(point => point.Id != id).Distinct();
}
