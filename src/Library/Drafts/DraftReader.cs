using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Questions;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Drafts;

/// <summary>Shows a draft as the editor needs it.</summary>
internal sealed class DraftReader(ClassroomDb db, CatalogueTrees trees, CourseLoader loader, ICourseCovers covers)
{
    private static readonly TimeSpan CoverLifetime = TimeSpan.FromHours(6);

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
            .Select(review => new ReviewInfo(review.Reviewer!.DisplayName, review.Decision, review.Reason, review.At, review.Level))
            .ToArrayAsync(cancellationToken);
        var school = await db.Schools.Where(row => row.Id == course.SchoolId).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
        var edit = EditList.Parse(course.EditJson);
        var tree = await trees.GetAsync(db, cancellationToken);
        return new CourseDraft(
            course.Id, course.LessonId, course.Title, course.Description, course.Type, course.State, course.EditVersion,
            edit, course.NodeId, tree.PathOf(course.NodeId), Points(course), Chapters(course), job?.Id, reviews, Cues(course), course.TeacherName ?? "", school ?? "",
            edit.Cover?.File is { } cover ? covers.LinkTo(course.Id, cover, CoverLifetime) : null, course.IsPublic, FilmQuestions.OfCourse(course));
    }

    public static ChapterInfo[] Chapters(MicroCourse course) =>
        [.. course.Chapters.OrderBy(chapter => chapter.AtMs).Select(chapter => new ChapterInfo(chapter.AtMs, chapter.Title))];

    /// <summary>Without those behind the end of the film.</summary>
    public static ChapterInfo[] ChaptersOfFilm(MicroCourse course, Rendition film) => [.. Chapters(course).Where(chapter => chapter.AtMs < film.DurationMs)];

    /// <summary>On the lesson clock.</summary>
    public static CueInfo[] Cues(MicroCourse course) =>
        [.. course.Cues.OrderBy(cue => cue.FromMs).ThenBy(cue => cue.ToMs).Select(cue => new CueInfo(cue.FromMs, cue.ToMs, cue.Text))];

    private static PointRef[] Points(MicroCourse course) =>
        [.. course.Points.OrderBy(link => link.KnowledgePoint!.Order).Select(link => new PointRef(link.KnowledgePointId, link.KnowledgePoint!.Name))];
}
