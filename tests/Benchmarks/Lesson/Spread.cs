namespace Classroom.Benchmarks.Lesson;

/// <summary>Milliseconds, many of them.</summary>
internal sealed class Spread
{
    private readonly Lock _lock = new();
    private readonly List<double> _values = new(100_000);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _values.Count;
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _values.Clear();
        }
    }

    public void Add(double milliseconds)
    {
        lock (_lock)
        {
            _values.Add(milliseconds);
        }
    }

    /// <param name="share">0 to 1; 0.99 is the 99th percentile.</param>
    public double At(double share)
    {
        lock (_lock)
        {
            if (_values.Count == 0)
            {
                return double.NaN;
            }

            _values.Sort();
            return _values[Math.Min(_values.Count - 1, (int)(share * _values.Count))];
        }
    }
}
