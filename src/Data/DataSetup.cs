using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Data;

/// <summary>Opens contexts for background work and requests alike, whichever provider is configured.</summary>
public interface IClassroomDbFactory
{
    ClassroomDb Create();
}

public static class DataSetup
{
    private static readonly SqlitePragmas Pragmas = new();

    /// <summary>Registers <see cref="IClassroomDbFactory"/>, <see cref="DatabaseMigrator"/> and <see cref="JobQueue"/> (singletons; the queue wants a TimeProvider) and a scoped <see cref="ClassroomDb"/>.</summary>
    /// <param name="connectionString">A PostgreSQL connection string; null or empty: SQLite.</param>
    /// <param name="sqlitePath">The database file used when there is no connection string.</param>
    public static IServiceCollection AddClassroomData(this IServiceCollection services, string? connectionString, string sqlitePath)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            services.AddPooledDbContextFactory<SqliteClassroomDb>(options => options
                .UseSqlite($"Data Source={sqlitePath};Default Timeout=30")
                .AddInterceptors(Pragmas));
            services.AddSingleton<IClassroomDbFactory, Factory<SqliteClassroomDb>>();
        }
        else
        {
            services.AddPooledDbContextFactory<PostgresClassroomDb>(options => options.UseNpgsql(connectionString));
            services.AddSingleton<IClassroomDbFactory, Factory<PostgresClassroomDb>>();
        }

        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<JobQueue>();
        services.AddScoped<ClassroomDb>(provider => provider.GetRequiredService<IClassroomDbFactory>().Create());
        return services;
    }

    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IClassroomDbFactory
        where TContext : ClassroomDb
    {
        public ClassroomDb Create() => inner.CreateDbContext();
    }
}
