using Classroom.Data;

namespace Classroom.Library.Shelves;

/// <summary>
/// The published courses as columns: about forty bytes each, so that one pass over a million of them filters and counts in
/// milliseconds. Guarded by the lock of <see cref="Shelf"/>.
/// </summary>
internal sealed class ShelfColumns
{
    private static readonly DateTime Start = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly HashSet<int> _changed = [];
    private bool[] _isShown = [];
    private int[] _publishedAt = [];
    private int[] _pointStart = [];
    private byte[] _pointCount = [];
    private int[] _pointPool = new int[64];
    private int _pointsUsed;

    public NumberedTexts Nodes { get; } = new();

    public NumberedTexts Schools { get; } = new();

    public NumberedTexts Teachers { get; } = new();

    public NumberedTexts Points { get; } = new();

    public int[] Node { get; private set; } = [];

    public int[] School { get; private set; } = [];

    public int[] Teacher { get; private set; } = [];

    public byte[] Type { get; private set; } = [];

    /// <summary>One more than the value; 0: none.</summary>
    public byte[] Level { get; private set; } = [];

    /// <summary>One more than the value; 0: none.</summary>
    public byte[] Award { get; private set; } = [];

    /// <summary>Numbers of what is shown, newest first.</summary>
    public int[] Order { get; private set; } = [];

    public ReadOnlySpan<int> PointsOf(int number) => _pointPool.AsSpan(_pointStart[number], _pointCount[number]);

    /// <summary>Takes a row in. It is shown after <see cref="Settle"/>.</summary>
    public void Put(ShelfRow row)
    {
        MakeRoom(row.Number + 1);
        var number = row.Number;
        _isShown[number] = row.IsShown;
        _publishedAt[number] = (int)Math.Clamp((row.PublishedAt - Start).TotalSeconds, int.MinValue, int.MaxValue);
        Node[number] = Nodes.Add(row.NodeId);
        School[number] = Schools.Add(row.SchoolId);
        Teacher[number] = Teachers.Add(row.TeacherName);
        Type[number] = (byte)row.Type;
        Level[number] = (byte)(1 + (int?)row.Level ?? 0);
        Award[number] = (byte)(1 + (int?)row.Award ?? 0);
        PutPoints(number, row.PointIds);
        _changed.Add(number);
    }

    /// <summary>Brings what was put into order; the rest stays in the order that it has.</summary>
    public void Settle()
    {
        if (_changed.Count == 0)
        {
            return;
        }

        var added = _changed.Where(number => _isShown[number]).ToArray();
        Array.Sort(added, NewestFirst);
        var order = new int[Order.Length + added.Length];
        var (count, next) = (0, 0);
        foreach (var number in Order)
        {
            if (_changed.Contains(number))
            {
                continue;
            }

            while (next < added.Length && NewestFirst(added[next], number) < 0)
            {
                order[count++] = added[next++];
            }

            order[count++] = number;
        }

        while (next < added.Length)
        {
            order[count++] = added[next++];
        }

        Array.Resize(ref order, count);
        Order = order;
        _changed.Clear();
        _changed.TrimExcess();
    }

    private int NewestFirst(int one, int other)
    {
        var byTime = _publishedAt[other].CompareTo(_publishedAt[one]);
        return byTime != 0 ? byTime : other.CompareTo(one);
    }

    private void PutPoints(int number, string ids)
    {
        var split = ids.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = Math.Min(split.Length, byte.MaxValue);
        if (count > _pointCount[number])
        {
            // The old place is left behind: points change a few times in a course's life.
            if (_pointsUsed + count > _pointPool.Length)
            {
                Array.Resize(ref _pointPool, Math.Max(_pointPool.Length * 3 / 2, _pointsUsed + count));
            }

            _pointStart[number] = _pointsUsed;
            _pointsUsed += count;
        }

        _pointCount[number] = (byte)count;
        for (var i = 0; i < count; i++)
        {
            _pointPool[_pointStart[number] + i] = Points.Add(split[i]);
        }
    }

    private void MakeRoom(int length)
    {
        if (length <= _isShown.Length)
        {
            return;
        }

        var room = Math.Max(length, _isShown.Length * 5 / 4);
        Array.Resize(ref _isShown, room);
        Array.Resize(ref _publishedAt, room);
        Array.Resize(ref _pointStart, room);
        Array.Resize(ref _pointCount, room);
        Node = Grown(Node, room);
        School = Grown(School, room);
        Teacher = Grown(Teacher, room);
        Type = Grown(Type, room);
        Level = Grown(Level, room);
        Award = Grown(Award, room);
    }

    private static T[] Grown<T>(T[] column, int room)
    {
        Array.Resize(ref column, room);
        return column;
    }
}
