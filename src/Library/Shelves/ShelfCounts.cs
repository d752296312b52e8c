using Classroom.Data;

namespace Classroom.Library.Shelves;

/// <summary>Counts of each facet, over the courses that only this facet keeps out or that nothing keeps out.</summary>
internal sealed class ShelfCounts(ShelfColumns columns)
{
    private readonly int[] _found = new int[columns.Nodes.Count];
    private readonly int[] _stages = new int[columns.Nodes.Count];
    private readonly int[] _grades = new int[columns.Nodes.Count];
    private readonly int[] _subjects = new int[columns.Nodes.Count];
    private readonly int[] _editions = new int[columns.Nodes.Count];
    private readonly int[] _types = new int[Enum.GetValues<CourseType>().Length];
    private readonly int[] _levels = new int[1 + Enum.GetValues<ReviewLevel>().Length];
    private readonly int[] _awards = new int[1 + Enum.GetValues<AwardLevel>().Length];
    private readonly int[] _schools = new int[columns.Schools.Count];
    private readonly int[] _points = new int[columns.Points.Count];

    public int Total { get; private set; }

    public ReadOnlySpan<int> Types => _types;

    /// <summary>By the value and one; at 0 those without.</summary>
    public ReadOnlySpan<int> Levels => _levels;

    /// <summary>By the value and one; at 0 those without.</summary>
    public ReadOnlySpan<int> Awards => _awards;

    public ReadOnlySpan<int> Schools => _schools;

    public ReadOnlySpan<int> Points => _points;

    /// <summary>Courses at a node, for a facet that follows from the node.</summary>
    public int AtNode(Facets facet, int node) => _found[node] + Only(facet)[node];

    public void Add(ShelfColumns shelf, int number, Facets misses)
    {
        var node = shelf.Node[number];
        switch (misses)
        {
            case Facets.None:
                Total++;
                _found[node]++;
                _types[shelf.Type[number]]++;
                _levels[shelf.Level[number]]++;
                _awards[shelf.Award[number]]++;
                _schools[shelf.School[number]]++;
                AddPoints(shelf.PointsOf(number));
                break;
            case Facets.Type:
                _types[shelf.Type[number]]++;
                break;
            case Facets.Level:
                _levels[shelf.Level[number]]++;
                break;
            case Facets.Award:
                _awards[shelf.Award[number]]++;
                break;
            case Facets.School:
                _schools[shelf.School[number]]++;
                break;
            case Facets.Point:
                AddPoints(shelf.PointsOf(number));
                break;
            case Facets.Stage or Facets.Grade or Facets.Subject or Facets.Edition:
                Only(misses)[node]++;
                break;
        }
    }

    private int[] Only(Facets facet) => facet switch
    {
        Facets.Stage => _stages,
        Facets.Grade => _grades,
        Facets.Subject => _subjects,
        _ => _editions,
    };

    private void AddPoints(ReadOnlySpan<int> points)
    {
        foreach (var point in points)
        {
            _points[point]++;
        }
    }
}
