using System.Linq.Expressions;
using Classroom.Data;
using Classroom.Library.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Search;

/// <summary>Keeps the search index at what the courses say now.</summary>
internal sealed class CourseIndex(CatalogueTrees trees) : ICourseIndex
{
    public async Task RefreshAsync(ClassroomDb db, Expression<Func<MicroCourse, bool>> which, CancellationToken cancellationToken)
    {
        var courses = await db.MicroCourses.AsNoTracking()
            .Where(course => course.State == CourseState.Published).Where(which)
            .Include(course => course.School).Include(course => course.Author)
            .Include(course => course.Points).ThenInclude(link => link.KnowledgePoint)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        var tree = await trees.GetAsync(db, cancellationToken);
        foreach (var course in courses)
        {
            await CourseSearchIndex.PutAsync(db, course.Id, Words(course, tree), cancellationToken);
        }
    }

    /// <summary>Everything that a course is found by.</summary>
    private static IEnumerable<string> Words(MicroCourse course, CatalogueTree tree) =>
    [
        course.Title, course.Description, course.TeacherName ?? course.Author?.DisplayName ?? "", course.School?.Name ?? "", tree.PathOf(course.NodeId) ?? "",
        .. course.Points.Select(link => link.KnowledgePoint!.Name),
    ];
}
