using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Drafts;

/// <summary>Loads a course for one caller, or says why not.</summary>
internal sealed class CourseLoader(ClassroomDb db)
{
    public async Task<Reply<MicroCourse>> LoadAsync(string id, Caller caller, Func<Caller, MicroCourse, bool> may, CancellationToken cancellationToken)
    {
        var course = await db.MicroCourses
            .Include(course => course.Lesson).Include(course => course.Rendition).Include(course => course.Chapters)
            .Include(course => course.Points).ThenInclude(link => link.KnowledgePoint)
            .AsSplitQuery().FirstOrDefaultAsync(course => course.Id == id, cancellationToken);
        if (course is null)
        {
            return Problems.CourseNotFound;
        }

        return may(caller, course) ? course : Problems.NoRight;
    }
}
