using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Drafts;

/// <summary>Loads a course for one caller, or says why not.</summary>
internal sealed class CourseLoader(ClassroomDb db, CatalogueTrees trees)
{
    public async Task<Reply<MicroCourse>> LoadAsync(string id, Caller caller, Func<Caller, MicroCourse, bool> may, CancellationToken cancellationToken)
    {
        var course = await Whole.FirstOrDefaultAsync(course => course.Id == id, cancellationToken);
        if (course is null)
        {
            return Problems.CourseNotFound;
        }

        if (!may(caller, course))
        {
            return Problems.NoRight;
        }

        return await IsOutOfScopeAsync(caller, course, cancellationToken) ? Problems.OutOfScope : course;
    }

    /// <summary>For somebody who is not signed in; null for whatever is not public.</summary>
    public Task<MicroCourse?> LoadPublicAsync(string id, CancellationToken cancellationToken) =>
        Whole.FirstOrDefaultAsync(course => course.Id == id && course.IsPublic && course.State == CourseState.Published, cancellationToken);

    private IQueryable<MicroCourse> Whole => db.MicroCourses
        .Include(course => course.Lesson).Include(course => course.School).Include(course => course.Rendition).Include(course => course.Chapters).Include(course => course.Cues).Include(course => course.Questions)
        .Include(course => course.Points).ThenInclude(link => link.KnowledgePoint)
        .AsSplitQuery();

    /// <summary>A reviewer's eyes end where the reviewer's school, region and subject end, until the course is published.</summary>
    private async Task<bool> IsOutOfScopeAsync(Caller caller, MicroCourse course, CancellationToken cancellationToken) =>
        caller.Is(AccountRole.Reviewer) && course.State != CourseState.Published && !CourseRights.MayEdit(caller, course)
        && (await ReviewScope.OfAsync(db, caller, cancellationToken))?.Covers(course, await trees.GetAsync(db, cancellationToken)) != true;
}
