using Classroom.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Classroom.TestKit;

/// <summary>Which engine a test runs on. Database tests run on both: [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)].</summary>
public enum TestProvider { Sqlite, Postgres }

/// <summary>A fresh, migrated database of its own for one test: a SQLite file, or a database on a real PostgreSQL server that the test run starts itself.</summary>
public sealed class TestDatabase : IClassroomDbFactory, IAsyncDisposable
{
    private const string TemplateName = "classroom_template";
    private static readonly SqlitePragmas Pragmas = new(synchronous: "OFF");
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<DatabaseServer>> PostgresTemplate = new(MakePostgresTemplateAsync);
    private static int s_count;

    private readonly Func<ClassroomDb> _create;
    private readonly Func<ValueTask> _drop;

    private TestDatabase(TestProvider provider, string connectionString, Func<ClassroomDb> create, Func<ValueTask> drop)
    {
        (Provider, ConnectionString, _create, _drop) = (provider, connectionString, create, drop);
    }

    public TestProvider Provider { get; }

    /// <summary>For code that opens its own connections, for example a whole server under test.</summary>
    public string ConnectionString { get; }

    /// <param name="interceptors">See or disturb what is sent to the database, for example to count commands.</param>
    public static Task<TestDatabase> CreateAsync(TestProvider provider, params IInterceptor[] interceptors) =>
        provider == TestProvider.Sqlite ? CreateSqliteAsync(interceptors) : CreatePostgresAsync(interceptors);

    public ClassroomDb Create() => _create();

    public ValueTask DisposeAsync() => _drop();

    private static async Task<TestDatabase> CreateSqliteAsync(IInterceptor[] interceptors)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("classroom-db-").FullName, "classroom.db");
        File.Copy(await SqliteTemplate.Value, file);
        var connectionString = SqliteConnectionString(file);
        var options = new DbContextOptionsBuilder<SqliteClassroomDb>()
            .UseSqlite(connectionString).AddInterceptors([Pragmas, .. interceptors]).Options;
        return new(TestProvider.Sqlite, connectionString, () => new SqliteClassroomDb(options), () => DropSqlite(file));
    }

    private static async Task<TestDatabase> CreatePostgresAsync(IInterceptor[] interceptors)
    {
        var server = await PostgresTemplate.Value;
        var name = $"test_{Interlocked.Increment(ref s_count)}";
        await server.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {TemplateName}");
        var connectionString = server.ConnectionString(name);
        var options = new DbContextOptionsBuilder<PostgresClassroomDb>()
            .UseNpgsql(connectionString).AddInterceptors(interceptors).Options;
        return new(TestProvider.Postgres, connectionString, () => new PostgresClassroomDb(options), () => DropPostgresAsync(server, name));
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("classroom-db-").FullName, "template.db");
        var options = new DbContextOptionsBuilder<SqliteClassroomDb>()
            .UseSqlite(SqliteConnectionString(file)).AddInterceptors(Pragmas).Options;
        await new DatabaseMigrator(new Factory(() => new SqliteClassroomDb(options))).MigrateAsync();

        // Closing the last connection folds the write-ahead log into the file that is copied.
        SqliteConnection.ClearPool(new SqliteConnection(SqliteConnectionString(file)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return file;
    }

    private static async Task<DatabaseServer> MakePostgresTemplateAsync()
    {
        var server = await DatabaseServer.GetAsync();
        await server.ExecuteAsync($"CREATE DATABASE {TemplateName}");
        var options = new DbContextOptionsBuilder<PostgresClassroomDb>()
            .UseNpgsql(server.ConnectionString(TemplateName) + ";Pooling=false").Options;
        await new DatabaseMigrator(new Factory(() => new PostgresClassroomDb(options))).MigrateAsync();
        return server;
    }

    private static string SqliteConnectionString(string file) => $"Data Source={file};Default Timeout=30";

    private static ValueTask DropSqlite(string file)
    {
        SqliteConnection.ClearPool(new SqliteConnection(SqliteConnectionString(file)));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask DropPostgresAsync(DatabaseServer server, string name)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(server.ConnectionString(name)));
        await server.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
    }

    private sealed class Factory(Func<ClassroomDb> create) : IClassroomDbFactory
    {
        public ClassroomDb Create() => create();
    }
}
