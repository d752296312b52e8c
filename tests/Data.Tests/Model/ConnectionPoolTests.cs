using Classroom.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Data.Tests.Model;

public sealed class ConnectionPoolTests
{
    private const int AtOnce = 8;
    private const int Waves = 150;

    /// <summary>
    /// The driver's pool alone lends one connection twice about once in a hundred such waves. Whoever is done first closes it under the other, and a closed one goes back to the pool,
    /// where it fails everybody who is given it.
    /// </summary>
    [Fact]
    public async Task Contexts_that_open_at_the_same_moment_never_share_a_connection()
    {
        await using var database = await TestDatabase.CreateAsync(TestProvider.Sqlite);
        using var start = new Barrier(AtOnce);
        using var opened = new Barrier(AtOnce);
        using var closed = new Barrier(AtOnce, _ => SqliteConnection.ClearPool(new SqliteConnection(database.ConnectionString)));
        var handles = new SQLitePCL.sqlite3?[AtOnce];
        var shared = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(worker => Task.Factory.StartNew(() => Open(worker), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(0, shared);

        void Open(int worker)
        {
            for (var wave = 0; wave < Waves; wave++)
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                using (var db = database.Create())
                {
                    db.Database.OpenConnection();
                    handles[worker] = ((SqliteConnection)db.Database.GetDbConnection()).Handle;
                    opened.SignalAndWait(TestContext.Current.CancellationToken);
                    if (worker == 0 && handles.Distinct().Count() < AtOnce)
                    {
                        shared++;
                    }

                    closed.SignalAndWait(TestContext.Current.CancellationToken);
                }
            }
        }
    }
}
