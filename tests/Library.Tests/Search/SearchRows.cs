using Classroom.Data;
using Classroom.Library.Tests.World;

namespace Classroom.Library.Tests.Search;

/// <summary>Five courses whose words overlap.</summary>
internal static class SearchRows
{
    public static async Task AddAsync(LibraryWorld world)
    {
        await using var db = world.Database.Create();
        var at = world.Time.UtcNow;
        WorldRows.AddPublished(db, "linear", "一次函数的图象", at.AddMinutes(1), "function", points: "p-function");
        WorldRows.AddPublished(db, "quadratic", "二次函数 Quadratic 3D", at.AddMinutes(2), "function", "songtao", CourseType.Review, "p-function");
        WorldRows.AddPublished(db, "equation", "方程的意义", at.AddMinutes(3), "equation", points: "p-equation");
        WorldRows.AddPublished(db, "merged", "认识方程", at.AddMinutes(4), "old-equation", type: CourseType.Experiment);
        WorldRows.AddPublished(db, "reversed", "数函", at.AddMinutes(5), "equality");
        await db.SaveChangesAsync();
        await world.IndexAsync();
    }
}
