using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Data.Tests.Model;

public sealed class MigrationTests
{
    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task Migrations_describe_the_whole_model(TestProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Create();

        Assert.False(db.Database.HasPendingModelChanges(), "Run `make migration` (tools/Migrations/scaffold.sh).");
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task Migrating_again_changes_nothing(TestProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        await new DatabaseMigrator(database).MigrateAsync(TestContext.Current.CancellationToken);

        await using var db = database.Create();
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_migration_lock_left_by_a_killed_process_does_not_stop_the_next_start()
    {
        await using var database = await TestDatabase.CreateAsync(TestProvider.Sqlite);
        await using var db = database.Create();
        await db.Database.ExecuteSqlRawAsync("""
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
            """, TestContext.Current.CancellationToken);

        await new DatabaseMigrator(database).MigrateAsync(TestContext.Current.CancellationToken);
    }

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task No_column_exists_that_no_property_stands_for(TestProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Create();

        // A navigation whose key EF did not recognise makes a silent second column.
        var shadows = db.Model.GetEntityTypes().Where(entity => !entity.HasSharedClrType)
            .SelectMany(entity => entity.GetProperties()).Where(property => property.IsShadowProperty());
        Assert.Empty(shadows);
    }

    [Fact]
    public async Task Sqlite_lets_readers_go_on_while_something_is_written()
    {
        await using var database = await TestDatabase.CreateAsync(TestProvider.Sqlite);
        await using var db = database.Create();

        Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS \"Value\" FROM pragma_journal_mode").SingleAsync(TestContext.Current.CancellationToken));
    }
}
