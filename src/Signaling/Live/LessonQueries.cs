using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Live;

internal static class LessonQueries
{
    /// <summary>The lesson with its teacher, classrooms and their schools.</summary>
    public static IQueryable<Lesson> WithEverything(IQueryable<Lesson> lessons) => lessons
        .Include(lesson => lesson.Teacher)
        .Include(lesson => lesson.Classrooms).ThenInclude(link => link.Classroom).ThenInclude(classroom => classroom!.School)
        .AsSplitQuery();
}
