using System.Diagnostics;
using Npgsql;

namespace Classroom.TestKit;

/// <summary>A real PostgreSQL server for this test process: made in a temporary folder at first use, gone with the process.</summary>
internal sealed class DatabaseServer
{
    private static readonly Lazy<Task<DatabaseServer>> Started = new(StartAsync);

    // Held so that the pipe to it stays open.
    private readonly Process _keeper;
    private readonly string _socketFolder;
    private readonly int _port;

    private DatabaseServer(Process keeper, string socketFolder, int port) => (_keeper, _socketFolder, _port) = (keeper, socketFolder, port);

    public static Task<DatabaseServer> GetAsync() => Started.Value;

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _socketFolder,
        Port = _port,
        Username = "postgres",
        Database = database,
        MaxPoolSize = 16,
        ConnectionIdleLifetime = 5,
        ConnectionPruningInterval = 2,
    }.ConnectionString;

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<DatabaseServer> StartAsync()
    {
        var binaries = FindBinaries();
        var folder = Directory.CreateTempSubdirectory("classroom-pg-").FullName;
        var port = FreePort.Take();

        // The server lives as long as our end of the pipe: it also stops, and its folder goes, when this process is killed.
        var script = $"""
            set -e
            cd {folder}
            {binaries}/initdb -D {folder}/data -A trust -N -U postgres -E UTF8 --locale=C.UTF-8 >{folder}/log 2>&1
            {binaries}/postgres -D {folder}/data -k {folder} -p {port} -c listen_addresses= -c fsync=off -c full_page_writes=off \
              -c synchronous_commit=off -c shared_buffers=32MB -c max_connections=200 </dev/null >>{folder}/log 2>&1 &
            server=$!
            cat >/dev/null || true
            kill -INT $server
            wait $server || true
            rm -rf {folder}/* {folder}
            """;
        var keeper = Process.Start(AsServerUser(script, folder))!;
        var server = new DatabaseServer(keeper, folder, port);
        await server.WaitUntilReadyAsync(Path.Combine(folder, "log"));
        return server;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static ProcessStartInfo AsServerUser(string script, string folder)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardInput = true };
        if (Environment.UserName == "root")
        {
            using (var chown = Process.Start("chown", ["postgres", folder]))
            {
                chown.WaitForExit();
            }

            start.FileName = "setpriv";
            foreach (var argument in new[] { "--reuid=postgres", "--regid=postgres", "--init-groups" })
            {
                start.ArgumentList.Add(argument);
            }

            start.ArgumentList.Add("sh");
        }
        else
        {
            start.FileName = "sh";
        }

        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        return start;
    }

    private async Task WaitUntilReadyAsync(string logFile)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (!_keeper.HasExited && deadline.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException exception)
            {
                var log = File.Exists(logFile) ? await File.ReadAllTextAsync(logFile) : "no log";
                throw new InvalidOperationException($"The test PostgreSQL server did not start: {log}", exception);
            }
        }
    }

    private static string FindBinaries()
    {
        const string Root = "/usr/lib/postgresql";
        var folders = Directory.Exists(Root) ? Directory.GetDirectories(Root) : [];
        return folders.Select(folder => Path.Combine(folder, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
            .OrderByDescending(folder => folder, StringComparer.Ordinal)
            .FirstOrDefault()
            ?? throw new InvalidOperationException("These tests need a PostgreSQL server (15 or newer) on this machine. Install it: apt-get install postgresql");
    }
}
