using Classroom.Data;
using Classroom.Library.Cards;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Search;

/// <summary>Finds published courses by words, chapter, knowledge point, school and type.</summary>
internal sealed class CourseSearch(ClassroomDb db, CatalogueTrees trees, CourseCards cards)
{
    public const int PageSize = 24;
    private const int LongestQuery = 100;

    public async Task<CoursePage> FindAsync(CourseQuery query, CancellationToken cancellationToken)
    {
        var page = Math.Max(1, query.Page);
        var text = query.Text?.Trim() ?? "";
        text = text[..Math.Min(text.Length, LongestQuery)];
        var phrases = CourseGrams.Phrases(text);
        if (text.Length > 0 && phrases.Count == 0)
        {
            return new CoursePage([], 0, page, PageSize);
        }

        var found = await FilterAsync(query, cancellationToken);
        if (phrases.Count > 0)
        {
            found = found.Where(course => CourseSearchIndex.Matches(db, phrases).Contains(course.Id));
        }

        var total = await found.CountAsync(cancellationToken);
        var ordered = phrases.Count > 0
            ? found.OrderByDescending(course => course.Title.Contains(text)).ThenByDescending(course => course.PublishedAt)
            : found.OrderByDescending(course => course.PublishedAt);
        var shown = ordered.ThenByDescending(course => course.Id).Skip((page - 1) * PageSize).Take(PageSize);
        return new CoursePage(await cards.ReadAsync(shown, cancellationToken), total, page, PageSize);
    }

    private async Task<IQueryable<MicroCourse>> FilterAsync(CourseQuery query, CancellationToken cancellationToken)
    {
        var found = db.MicroCourses.Where(course => course.State == CourseState.Published);
        if (query.NodeId is { Length: > 0 } nodeId)
        {
            var tree = await trees.GetAsync(db, cancellationToken);
            var ids = tree.IdsBelow(nodeId);

            // One parameter for the whole list: a subtree may hold thousands of nodes.
            found = found.Where(course => EF.Parameter(ids).Contains(course.NodeId));
        }

        if (query.PointId is { Length: > 0 } pointId)
        {
            found = found.Where(course => course.Points.Any(link => link.KnowledgePointId == pointId));
        }

        if (query.SchoolId is { Length: > 0 } schoolId)
        {
            found = found.Where(course => course.SchoolId == schoolId);
        }

        return query.Type is { } type ? found.Where(course => course.Type == type) : found;
    }
}
