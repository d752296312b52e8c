using Classroom.Data;

namespace Classroom.Server.StartUp;

/// <summary>Brings the database to this version, and fills an empty one, before anything uses it.</summary>
internal static class DatabaseStart
{
    public static Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
}
