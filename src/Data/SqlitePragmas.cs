using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Classroom.Data;

/// <summary>
/// Prepares each SQLite connection as it is opened. The journal mode (WAL) is a property of the file and set once, by <see cref="DatabaseMigrator"/>.
/// </summary>
/// <remarks>
/// <c>synchronous=FULL</c>: a timeline event is acknowledged when it is committed, and what was acknowledged must survive a power cut too.
/// It costs one flush a commit; events are committed in batches. NORMAL would lose the last commits of a machine that loses power.
/// </remarks>
public sealed class SqlitePragmas(string synchronous = "FULL") : DbConnectionInterceptor
{
    private static readonly Lock s_opening = new();

    // The engine waits for a writer by itself; otherwise the driver polls in steps of 150 ms.
    private readonly string _sql = $"PRAGMA busy_timeout = 30000; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;";

    /// <remarks>
    /// The driver's pool may lend one connection to two callers that open at the same moment, and then closes it under one of them
    /// (dotnet/efcore issue 39008): from then on everything that is given this connection fails. So connections are opened one at a time,
    /// which costs nothing: opening is taking one from the pool.
    /// </remarks>
    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        lock (s_opening)
        {
            connection.Open();
        }

        return InterceptionResult.Suppress();
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<InterceptionResult>(cancellationToken)
            : ValueTask.FromResult(ConnectionOpening(connection, eventData, result));

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _sql;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
