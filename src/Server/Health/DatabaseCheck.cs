using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Server.Health;

/// <summary>The database answers and has every migration of this version.</summary>
internal sealed class DatabaseCheck(IClassroomDbFactory databases) : IReadyCheck
{
    public string Name => "database";

    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return "the database does not answer";
        }

        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any() ? "migrations are pending" : null;
    }
}
