using Microsoft.EntityFrameworkCore;

namespace Classroom.Data;

/// <summary>Brings the configured database to the newest version of the model. Safe to call at each start, also from several processes.</summary>
public sealed class DatabaseMigrator(IClassroomDbFactory databases)
{
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        if (db.Database.IsSqlite())
        {
            await PrepareSqliteAsync(db, cancellationToken);
        }

        await db.Database.MigrateAsync(cancellationToken);
    }

    private static async Task PrepareSqliteAsync(ClassroomDb db, CancellationToken cancellationToken)
    {
        // Readers go on while something is written.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);

        // EF Core locks migrations by a row; a process killed in the middle leaves it, and every later start would wait for ever.
        // The folder has one owner process, so a lock that is there before we start belongs to nobody.
        var locked = await db.Database
            .SqlQueryRaw<int>("""SELECT COUNT(*) AS "Value" FROM sqlite_master WHERE name = '__EFMigrationsLock'""")
            .SingleAsync(cancellationToken);
        if (locked > 0)
        {
            await db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsLock";""", cancellationToken);
        }
    }
}
