using Classroom.Data;
using Classroom.Data.Seeding;
using Classroom.Server.Configuration;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Server.StartUp;

/// <summary>Brings the database to this version before anything uses it, and fills an empty one with demo data when that is wanted.</summary>
internal static class DatabaseStart
{
    /// <returns>The demo accounts; empty when this is not a demo.</returns>
    public static async Task<IReadOnlyList<DemoAccount>> PrepareAsync(IServiceProvider services, ServerOptions options, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        if (!options.Demo)
        {
            return [];
        }

        await using var db = services.GetRequiredService<IClassroomDbFactory>().Create();
        if (!await IsEmptyOrDemoAsync(db, cancellationToken))
        {
            return [];
        }

        var accounts = await DemoSeed.ApplyAsync(db, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);
        await DemoSlides.AddAsync(services, cancellationToken);
        return accounts;
    }

    // A school that runs without CLASSROOM_DEMO=0 by mistake must not find strangers with a known password among its accounts.
    private static async Task<bool> IsEmptyOrDemoAsync(ClassroomDb db, CancellationToken cancellationToken) =>
        !await db.Accounts.AnyAsync(cancellationToken) || await db.Lessons.AnyAsync(lesson => lesson.Id == DemoLesson, cancellationToken);

    private const string DemoLesson = "demo";
}
