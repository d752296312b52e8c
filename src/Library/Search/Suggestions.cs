using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Shelves;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Search;

/// <summary>Names and titles that hold what somebody has typed so far.</summary>
internal sealed class Suggestions(ClassroomDb db, CatalogueTrees trees, Shelf shelf, TextFinder finder)
{
    private const int LongestText = 40;
    private const int MostOfAKind = 4;

    public async Task<Suggestion[]> FindAsync(string? typed, CancellationToken cancellationToken)
    {
        var text = TextFolding.Fold(typed?.Trim() ?? "");
        if (text.Length is 0 or > LongestText)
        {
            return [];
        }

        var tree = await trees.GetAsync(db, cancellationToken);
        await shelf.RefreshAsync(db, cancellationToken);
        var nodes = Best(tree.All, node => node.Name, text).Select(node => new Suggestion(SuggestionKind.Node, node.Id, node.Name, tree.PathOf(node.ParentId) ?? ""));
        var points = Best(tree.Points.Shown, point => point.Name, text).Select(point => new Suggestion(SuggestionKind.Point, point.Id, point.Name, tree.PathOf(point.NodeId) ?? ""));
        var schools = Best(tree.Schools, school => school.Name, text).Select(school => new Suggestion(SuggestionKind.School, school.Id, school.Name, ""));
        return [.. points, .. nodes, .. schools, .. Teachers(text), .. await TitlesAsync(text, cancellationToken)];
    }

    private Suggestion[] Teachers(string text) => shelf.Read(columns =>
    {
        var names = Enumerable.Range(1, columns.Teachers.Count - 1).Select(number => columns.Teachers[number]);
        return Best(names, name => name, text).Select(name => new Suggestion(SuggestionKind.Teacher, name, name, "")).ToArray();
    });

    private async Task<Suggestion[]> TitlesAsync(string text, CancellationToken cancellationToken)
    {
        var phrases = CourseGrams.Phrases(text);
        if (phrases.Count == 0)
        {
            return [];
        }

        var words = await finder.FindAsync(db, phrases, cancellationToken);
        var numbers = shelf.Read(columns => columns.Order.Where(number => words.All(one => one.Words.InTitle.Has(number))).Take(MostOfAKind).ToArray());
        var titles = await db.CourseShelf.Where(row => EF.Parameter(numbers).Contains(row.Number))
            .Join(db.MicroCourses, row => row.CourseId, course => course.Id, (row, course) => new { row.Number, course.Id, course.Title })
            .ToListAsync(cancellationToken);
        return [.. titles.OrderBy(row => Array.IndexOf(numbers, row.Number)).Select(row => new Suggestion(SuggestionKind.Course, row.Id, row.Title, ""))];
    }

    /// <summary>Names that begin with the text go before those that hold it.</summary>
    private static IEnumerable<T> Best<T>(IEnumerable<T> all, Func<T, string> nameOf, string text) => all
        .Select(one => (One: one, At: TextFolding.Fold(nameOf(one)).IndexOf(text, StringComparison.Ordinal)))
        .Where(found => found.At >= 0).OrderBy(found => found.At > 0).ThenBy(found => nameOf(found.One).Length).Take(MostOfAKind).Select(found => found.One);
}
