using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Cards;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Series;

/// <summary>Series and topics: courses put together by editors, each with a page of its own.</summary>
internal sealed class SeriesDesk(ClassroomDb db, CourseCards cards, TimeProvider time)
{
    private const int LongestTitle = 80;
    private const int LongestDescription = 2000;
    private const int MostCourses = 200;
    private const int MostShown = 200;

    public Task<SeriesCard[]> AllAsync(Caller caller, CancellationToken cancellationToken)
    {
        var mayEdit = MayEdit(caller);
        return db.CourseSeries.Where(series => series.IsShown || mayEdit).OrderByDescending(series => series.UpdatedAt).ThenBy(series => series.Id).Take(MostShown)
            .Select(series => new SeriesCard(series.Id, series.Kind, series.Title, series.Description, series.IsShown, series.Items.Count)).ToArrayAsync(cancellationToken);
    }

    public async Task<Reply<SeriesPage>> ReadAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var series = await db.CourseSeries.AsNoTracking().Include(row => row.Items).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return series is null || (!series.IsShown && !MayEdit(caller)) ? Problems.SeriesNotFound : await PageAsync(series, caller, cancellationToken);
    }

    /// <param name="id">Null: a new one.</param>
    public async Task<Reply<SeriesPage>> SaveAsync(string? id, SeriesEdit edit, Caller caller, CancellationToken cancellationToken)
    {
        if (!MayEdit(caller))
        {
            return Problems.NoRight;
        }

        var series = id is null ? null : await db.CourseSeries.Include(row => row.Items).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (id is not null && series is null)
        {
            return Problems.SeriesNotFound;
        }

        var courseIds = (edit.CourseIds ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (await CheckAsync(edit, courseIds, cancellationToken) is { Count: > 0 } wrong)
        {
            return Problems.Invalid(wrong);
        }

        series ??= db.CourseSeries.Add(new CourseSeries { Title = "", AuthorAccountId = caller.AccountId }).Entity;
        (series.Kind, series.Title, series.Description) = (edit.Kind, edit.Title.Trim(), edit.Description?.Trim() ?? "");
        (series.IsShown, series.UpdatedAt) = (edit.IsShown, time.GetUtcNow().UtcDateTime);
        var hidden = await HiddenAsync(series, cancellationToken);
        series.Items.RemoveAll(item => !courseIds.Contains(item.MicroCourseId, StringComparer.Ordinal) && !hidden.Contains(item.MicroCourseId));
        for (var order = 0; order < courseIds.Count; order++)
        {
            if (series.Items.Find(item => item.MicroCourseId == courseIds[order]) is { } item)
            {
                item.Order = order;
            }
            else
            {
                series.Items.Add(new CourseSeriesItem { SeriesId = series.Id, MicroCourseId = courseIds[order], Order = order });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return await PageAsync(series, caller, cancellationToken);
    }

    public async Task<Reply<bool>> RemoveAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (!MayEdit(caller))
        {
            return Problems.NoRight;
        }

        if (await db.CourseSeries.Include(row => row.Items).FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } series)
        {
            return Problems.SeriesNotFound;
        }

        db.CourseSeries.Remove(series);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    // Who edits the series does not see a course that was withdrawn, so cannot mean to take it out.
    private async Task<HashSet<string>> HiddenAsync(CourseSeries series, CancellationToken cancellationToken)
    {
        var ids = series.Items.ConvertAll(item => item.MicroCourseId);
        return await db.MicroCourses.Where(course => EF.Parameter(ids).Contains(course.Id) && course.State != CourseState.Published).Select(course => course.Id).ToHashSetAsync(cancellationToken);
    }

    private static bool MayEdit(Caller caller) => caller.Is(AccountRole.Editor, AccountRole.Administrator);

    private async Task<List<ApiProblemField>> CheckAsync(SeriesEdit edit, List<string> courseIds, CancellationToken cancellationToken)
    {
        var wrong = new List<ApiProblemField>();
        if (edit.Title?.Trim().Length is null or 0 or > LongestTitle)
        {
            wrong.Add(new ApiProblemField("title", $"A title has 1 to {LongestTitle} characters."));
        }

        if (edit.Description?.Length > LongestDescription)
        {
            wrong.Add(new ApiProblemField("description", $"A description has at most {LongestDescription} characters."));
        }

        var known = await db.MicroCourses.CountAsync(course => EF.Parameter(courseIds).Contains(course.Id) && course.State == CourseState.Published, cancellationToken);
        if (courseIds.Count > MostCourses || known != courseIds.Count)
        {
            wrong.Add(new ApiProblemField("courseIds", $"At most {MostCourses} courses, all published."));
        }

        return wrong;
    }

    private async Task<SeriesPage> PageAsync(CourseSeries series, Caller caller, CancellationToken cancellationToken)
    {
        // A course that was withdrawn keeps its place, and is shown again when it comes back.
        var ids = series.Items.OrderBy(item => item.Order).Select(item => item.MicroCourseId).ToList();
        var found = await cards.ReadAsync(db.MicroCourses.Where(course => EF.Parameter(ids).Contains(course.Id) && course.State == CourseState.Published), cancellationToken);
        return new SeriesPage(series.Id, series.Kind, series.Title, series.Description, series.IsShown, MayEdit(caller), [.. found.OrderBy(card => ids.IndexOf(card.Id))]);
    }
}
