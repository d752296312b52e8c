using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Server.StartUp;

/// <summary>Brings the database to this version before anything uses it.</summary>
internal static class DatabaseStart
{
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = services.GetRequiredService<IClassroomDbFactory>().Create();
        await db.Database.MigrateAsync(cancellationToken);
    }
}
