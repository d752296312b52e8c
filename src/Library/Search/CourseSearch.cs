using Classroom.Data;
using Classroom.Library.Cards;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Shelves;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Search;

/// <summary>Finds published courses by words, place, knowledge point, school and type, and counts what each choice would find.</summary>
internal sealed class CourseSearch(ClassroomDb db, CatalogueTrees trees, Shelf shelf, TextFinder finder, CourseCards cards)
{
    public const int PageSize = 24;
    private const int MostPages = 2000;
    private const int LongestQuery = 100;

    public async Task<CoursePage> FindAsync(CourseQuery query, CancellationToken cancellationToken)
    {
        var page = Math.Clamp(query.Page, 1, MostPages);
        var found = await LookAsync(
            query, (columns, filter, text) => ShelfScan.Page(columns, filter, text, (page - 1) * PageSize, PageSize), cancellationToken);
        return found is null
            ? new CoursePage([], 0, page, PageSize)
            : new CoursePage(await CardsAsync(found.Numbers, cancellationToken), found.Total, page, PageSize);
    }

    public async Task<CourseFacets> FacetsAsync(CourseQuery query, CancellationToken cancellationToken)
    {
        var tree = await trees.GetAsync(db, cancellationToken);
        return await LookAsync(
            query, (columns, filter, text) => FacetNames.Of(ShelfScan.Counts(columns, filter, text), columns, tree), cancellationToken) ?? FacetNames.None;
    }

    /// <summary>Null when the text has no letter or digit to look for.</summary>
    private async Task<T?> LookAsync<T>(CourseQuery query, Func<ShelfColumns, ShelfFilter, TextMatch?, T> look, CancellationToken cancellationToken)
        where T : class
    {
        var typed = query.Text?.Trim() ?? "";
        var phrases = CourseGrams.Phrases(typed[..Math.Min(typed.Length, LongestQuery)]);
        if (typed.Length > 0 && phrases.Count == 0)
        {
            return null;
        }

        var tree = await trees.GetAsync(db, cancellationToken);
        await shelf.RefreshAsync(db, cancellationToken);
        var words = await finder.FindAsync(db, phrases, cancellationToken);
        return shelf.Read(columns => look(
            columns, ShelfFilter.Of(query, tree, columns), words.Count == 0 ? null : TextFinder.Match(words, tree, columns)));
    }

    private async Task<CourseCard[]> CardsAsync(int[] numbers, CancellationToken cancellationToken)
    {
        // The shelf may be two seconds old: what was withdrawn since is not shown.
        var rows = db.CourseShelf.Where(row => EF.Parameter(numbers).Contains(row.Number));
        var ids = await rows.Select(row => new { row.Number, row.CourseId }).ToDictionaryAsync(row => row.CourseId, row => row.Number, cancellationToken);
        var found = await cards.ReadAsync(db.MicroCourses.Where(course => EF.Parameter(ids.Keys.ToList()).Contains(course.Id)), cancellationToken);
        return [.. found.Where(card => card.State == CourseState.Published).OrderBy(card => Array.IndexOf(numbers, ids[card.Id]))];
    }
}
