using Classroom.Data;
using Classroom.Library.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Reviews;

/// <summary>
/// What a reviewer reviews. A school's reviewer: that school, on the level of schools. A region's: its schools, up to the district.
/// One of neither, and administrators: everything. A reviewer with a subject: that subject only.
/// </summary>
internal sealed record ReviewScope(ReviewLevel Level, string? SchoolId, string? RegionId, string? Subject)
{
    public static async Task<ReviewScope?> OfAsync(ClassroomDb db, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Is(AccountRole.Administrator))
        {
            return new ReviewScope(ReviewLevel.City, null, null, null);
        }

        var account = caller.Is(AccountRole.Reviewer)
            ? await db.Accounts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == caller.AccountId, cancellationToken)
            : null;
        return account is null ? null : Of(account);
    }

    public static ReviewScope Of(Account reviewer) => reviewer switch
    {
        { Role: AccountRole.Administrator } => new ReviewScope(ReviewLevel.City, null, null, null),
        { RegionId: { Length: > 0 } region } => new ReviewScope(ReviewLevel.District, null, region, reviewer.Subject),
        { SchoolId: { Length: > 0 } school } => new ReviewScope(ReviewLevel.School, school, null, reviewer.Subject),
        _ => new ReviewScope(ReviewLevel.City, null, null, reviewer.Subject),
    };

    /// <summary>The levels on which this reviewer decides.</summary>
    public ReviewLevel[] Levels => [.. Enum.GetValues<ReviewLevel>().Where(level => level <= Level)];

    /// <summary>School, region and subject; the level is another question.</summary>
    public bool Covers(MicroCourse course, CatalogueTree tree) =>
        (SchoolId is null || course.SchoolId == SchoolId)
        && (RegionId is null || course.School?.RegionId == RegionId)
        && CoversSubject(tree.PlaceOf(course.NodeId).Subject ?? course.Lesson?.Subject);

    /// <summary>A course whose subject nobody knows is reviewed by whoever comes first.</summary>
    public bool CoversSubject(string? subject) => string.IsNullOrEmpty(Subject) || string.IsNullOrEmpty(subject) || Subject == subject;
}
