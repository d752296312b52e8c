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
    // The engine waits for a writer by itself; otherwise the driver polls in steps of 150 ms.
    private readonly string _sql = $"PRAGMA busy_timeout = 30000; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;";

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
