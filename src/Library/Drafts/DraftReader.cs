using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Drafts;

/// <summary>Shows a draft as the editor needs it.</summary>
internal sealed class DraftReader(ClassroomDb db, CatalogueTrees trees, CourseLoader loader)
{
    public async Task<Reply<CourseDraft>> ReadAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MaySeeDraft, cancellationToken);
        return found.Value is { } course ? await ReadAsync(course, cancellationToken) : found.Problem!;
    }

    public async Task<CourseDraft> ReadAsync(MicroCourse course, CancellationToken cancellationToken)
    {
        var job = await db.Jobs.AsNoTracking()
            .Where(job => job.Kind == JobKinds.RenderCourse && job.SubjectId == course.Id)
            .OrderByDescending(job => job.CreatedAt).ThenByDescending(job => job.Id).FirstOrDefaultAsync(cancellationToken);
        var reviews = await db.CourseReviews.AsNoTracking().Where(review => review.MicroCourseId == course.Id)
            .OrderByDescending(review => review.At)
            .Select(review => new ReviewInfo(review.Reviewer!.DisplayName, review.Decision, review.Reason, review.At))
            .ToArrayAsync(cancellationToken);
        var tree = await trees.GetAsync(db, cancellationToken);
        return new CourseDraft(
            course.Id, course.LessonId, course.Title, course.Description, course.Type, course.State, course.EditVersion,
            EditList.Parse(course.EditJson), course.NodeId, tree.PathOf(course.NodeId), Points(course), Chapters(course), job?.Id, reviews);
    }

    public static ChapterInfo[] Chapters(MicroCourse course) =>
        [.. course.Chapters.OrderBy(chapter => chapter.AtMs).Select(chapter => new ChapterInfo(chapter.AtMs, chapter.Title))];

    private static PointRef[] Points(MicroCourse course) =>
        [.. course.Points.OrderBy(link => link.KnowledgePoint!.Order).Select(link => new PointRef(link.KnowledgePointId, link.KnowledgePoint!.Name))];
}
