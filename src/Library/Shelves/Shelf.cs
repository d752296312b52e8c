using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Shelves;

/// <summary>
/// Keeps the columns at what the database says. Changes of this process are seen at once, those of others within two seconds.
/// </summary>
internal sealed class Shelf(TimeProvider time) : IDisposable
{
    private const int Batch = 5000;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    // A row carries the time at which it was changed, and is seen when its transaction ends: what is that old is read again. The
    // clocks of servers that share a database may differ by the rest.
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(30);

    private readonly ReaderWriterLockSlim _gate = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly ShelfColumns _columns = new();
    private readonly Dictionary<int, DateTime> _recent = [];
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private volatile bool _isStale = true;
    private volatile int _version;
    private volatile ShelfTotals? _totals;

    /// <summary>Grows with each change that was read.</summary>
    public int Version => _version;

    /// <summary>Something was changed: the next reader looks.</summary>
    public void Forget() => _isStale = true;

    public async ValueTask RefreshAsync(ClassroomDb db, CancellationToken cancellationToken)
    {
        if (!IsDue())
        {
            return;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (IsDue())
            {
                await LoadAsync(db, cancellationToken);
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Nothing of the columns leaves the function.</summary>
    public T Read<T>(Func<ShelfColumns, T> read)
    {
        _gate.EnterReadLock();
        try
        {
            return read(_columns);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>How many courses there are at each node and point, counted once for each change.</summary>
    public ShelfTotals Totals()
    {
        var version = _version;
        if (_totals is { } kept && kept.Version == version)
        {
            return kept;
        }

        var totals = Read(columns => ShelfTotals.Count(columns, version));
        _totals = totals;
        return totals;
    }

    public void Dispose()
    {
        _gate.Dispose();
        _loading.Dispose();
    }

    private bool IsDue() => _isStale || time.GetUtcNow() - _lookedAt >= LookAgain;

    private async Task LoadAsync(ClassroomDb db, CancellationToken cancellationToken)
    {
        var isTold = _isStale;
        _isStale = false;
        try
        {
            var now = time.GetUtcNow();
            var since = _lookedAt > DateTimeOffset.MinValue ? _lookedAt.UtcDateTime - LongestTransaction : DateTime.MinValue;
            var readAgain = now.UtcDateTime - LongestTransaction;
            var found = false;
            var rows = db.CourseShelf.AsNoTracking().Where(row => row.ChangedAt >= since).AsAsyncEnumerable();
            await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
            {
                if (Array.FindAll(batch, row => IsNews(row, readAgain) || isTold) is { Length: > 0 } news)
                {
                    Write(columns => Array.ForEach(news, columns.Put));
                    found = true;
                }
            }

            if (found)
            {
                Write(columns => columns.Settle());
                _version++;
            }

            Prune(readAgain);
            _lookedAt = now;
        }
        catch
        {
            _recent.Clear();
            _isStale = true;
            throw;
        }
    }

    /// <summary>A row that was read before and did not change since is none, or every look would empty what is kept for this version.</summary>
    private bool IsNews(ShelfRow row, DateTime readAgain)
    {
        if (_recent.TryGetValue(row.Number, out var changedAt) && changedAt == row.ChangedAt)
        {
            return false;
        }

        if (row.ChangedAt >= readAgain)
        {
            _recent[row.Number] = row.ChangedAt;
        }

        return true;
    }

    private void Prune(DateTime readAgain)
    {
        foreach (var (number, changedAt) in _recent)
        {
            if (changedAt < readAgain)
            {
                _recent.Remove(number);
            }
        }
    }

    private void Write(Action<ShelfColumns> write)
    {
        _gate.EnterWriteLock();
        try
        {
            write(_columns);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }
}
