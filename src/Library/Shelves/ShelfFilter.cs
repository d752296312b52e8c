using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;

namespace Classroom.Library.Shelves;

/// <summary>The things by which the catalogue is narrowed; each is also counted as if it alone were not chosen.</summary>
[Flags]
internal enum Facets
{
    None = 0,
    Node = 1,
    Stage = 2,
    Grade = 4,
    Subject = 8,
    Edition = 16,
    Type = 32,
    School = 64,
    Point = 128,
    Level = 256,
    Award = 512,
}

/// <summary>A query made ready for one pass over the columns: what a course misses is looked up by its small numbers.</summary>
internal sealed class ShelfFilter
{
    private readonly Facets[] _nodeMisses;
    private readonly bool[]? _schools;
    private readonly bool[]? _points;
    private readonly byte? _type;
    private readonly byte? _level;
    private readonly byte? _award;

    private ShelfFilter(Facets[] nodeMisses, bool[]? schools, bool[]? points, CourseQuery query)
    {
        (_nodeMisses, _schools, _points) = (nodeMisses, schools, points);
        (_type, _level, _award) = ((byte?)query.Type, (byte?)(1 + (int?)query.Level), (byte?)(1 + (int?)query.Award));
    }

    public static ShelfFilter Of(CourseQuery query, CatalogueTree tree, ShelfColumns columns)
    {
        var nodes = string.IsNullOrEmpty(query.NodeId) ? null : tree.IdsBelow(query.NodeId).ToHashSet(StringComparer.Ordinal);
        var misses = new Facets[columns.Nodes.Count];
        for (var number = 0; number < misses.Length; number++)
        {
            var id = columns.Nodes[number];
            misses[number] = (nodes?.Contains(id) == false ? Facets.Node : Facets.None) | Misses(query, tree.PlaceOf(id));
        }

        var point = string.IsNullOrEmpty(query.PointId) ? null : tree.FindPoint(query.PointId)?.Id ?? query.PointId;
        return new ShelfFilter(
            misses,
            string.IsNullOrEmpty(query.SchoolId) ? null : columns.Schools.Marks(id => id == query.SchoolId),
            point is null ? null : columns.Points.Marks(id => id == point || tree.FindPoint(id)?.Id == point),
            query);
    }

    /// <summary>All that the course is not, of what was asked for; none: it is found.</summary>
    public Facets MissesOf(ShelfColumns columns, int number)
    {
        var misses = _nodeMisses[columns.Node[number]];
        if (_type is { } type && columns.Type[number] != type)
        {
            misses |= Facets.Type;
        }

        if (_level is { } level && columns.Level[number] != level)
        {
            misses |= Facets.Level;
        }

        if (_award is { } award && columns.Award[number] != award)
        {
            misses |= Facets.Award;
        }

        if (_schools is not null && !_schools[columns.School[number]])
        {
            misses |= Facets.School;
        }

        return _points is null || HasPoint(columns.PointsOf(number)) ? misses : misses | Facets.Point;
    }

    private static Facets Misses(CourseQuery query, NodePlace place)
    {
        return Miss(query.Stage, place.Stage, Facets.Stage) | Miss(query.Grade, place.Grade, Facets.Grade)
            | Miss(query.Subject, place.Subject, Facets.Subject) | Miss(query.Edition, place.Edition, Facets.Edition);

        static Facets Miss(string? wanted, string? name, Facets facet) =>
            string.IsNullOrEmpty(wanted) || wanted == name ? Facets.None : facet;
    }

    private bool HasPoint(ReadOnlySpan<int> points)
    {
        foreach (var point in points)
        {
            if (_points![point])
            {
                return true;
            }
        }

        return false;
    }
}
