namespace Classroom.Library.Statements;

/// <summary>
/// How many statements wait, near enough for a bound: counted every few seconds (<see cref="StatementSender.TidyAsync"/>), and up with each
/// that is written meanwhile.
/// </summary>
internal sealed class OutboxLevel
{
    /// <summary>About 700 MB of the database: what ten thousand viewers do while a store is away for a day.</summary>
    public const int Most = 500_000;

    private int _waiting;

    public bool IsFull => _waiting >= Most;

    /// <returns>False: there is no room, and nothing may be written.</returns>
    public bool TryTake(int more)
    {
        if (_waiting + more > Most)
        {
            return false;
        }

        Interlocked.Add(ref _waiting, more);
        return true;
    }

    public void Counted(int waiting) => Interlocked.Exchange(ref _waiting, waiting);
}
