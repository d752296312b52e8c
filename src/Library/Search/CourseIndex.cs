using System.Linq.Expressions;
using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Shelves;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Search;

/// <summary>Keeps the shelf and the full-text index at what the courses say now.</summary>
internal sealed class CourseIndex(CatalogueTrees trees, Shelf shelf, TimeProvider time) : ICourseIndex
{
    public async Task RefreshAsync(ClassroomDb db, Expression<Func<MicroCourse, bool>> which, CancellationToken cancellationToken)
    {
        var courses = await db.MicroCourses.AsNoTracking()
            .Where(course => course.State == CourseState.Published).Where(which)
            .Include(course => course.Author).Include(course => course.Points)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        var ids = courses.ConvertAll(course => course.Id);
        var rows = await db.CourseShelf.Where(row => EF.Parameter(ids).Contains(row.CourseId)).ToDictionaryAsync(row => row.CourseId, cancellationToken);
        foreach (var course in courses)
        {
            if (!rows.TryGetValue(course.Id, out var row))
            {
                row = rows[course.Id] = db.CourseShelf.Add(new ShelfRow { CourseId = course.Id }).Entity;
            }

            Write(course, row);
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var course in courses)
        {
            await CourseSearchIndex.PutAsync(db, rows[course.Id].Number, course.Title, course.Description, cancellationToken);
        }

        // Names of schools and teachers are read with the catalogue.
        trees.Forget();
        shelf.Forget();
    }

    public async Task RemoveAsync(ClassroomDb db, string courseId, CancellationToken cancellationToken)
    {
        if (await db.CourseShelf.FirstOrDefaultAsync(row => row.CourseId == courseId, cancellationToken) is not { } row)
        {
            return;
        }

        (row.IsShown, row.ChangedAt) = (false, time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        await CourseSearchIndex.RemoveAsync(db, row.Number, cancellationToken);
        shelf.Forget();
    }

    private void Write(MicroCourse course, ShelfRow row)
    {
        (row.IsShown, row.ChangedAt) = (true, time.GetUtcNow().UtcDateTime);
        (row.NodeId, row.SchoolId, row.Type) = (course.NodeId, course.SchoolId, course.Type);
        (row.Level, row.Award) = (course.ApprovedLevel, course.Award);
        row.TeacherName = course.TeacherName ?? course.Author?.DisplayName ?? "";
        row.PointIds = string.Join(' ', course.Points.Select(link => link.KnowledgePointId));
        row.PublishedAt = course.PublishedAt ?? course.UpdatedAt;
    }
}
