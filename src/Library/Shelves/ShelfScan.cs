using Classroom.Library.Search;

namespace Classroom.Library.Shelves;

/// <param name="Numbers">Those of the asked page, in order.</param>
internal sealed record ShelfFound(int Total, int[] Numbers);

/// <summary>The one pass over the columns behind every page of the catalogue.</summary>
internal static class ShelfScan
{
    /// <summary>Those whose title holds one of the words first, then newest first.</summary>
    /// <param name="text">Null: all courses.</param>
    public static ShelfFound Page(ShelfColumns columns, ShelfFilter filter, TextMatch? text, int skip, int take)
    {
        var (titled, others, total) = (new List<int>(), new List<int>(), 0);
        foreach (var number in columns.Order)
        {
            if ((text is not null && !text.Holds(columns, number)) || filter.MissesOf(columns, number) != Facets.None)
            {
                continue;
            }

            total++;
            var list = text?.IsInTitle(number) == true ? titled : others;
            if (list.Count < skip + take)
            {
                list.Add(number);
            }
        }

        return new ShelfFound(total, [.. titled.Concat(others).Skip(skip).Take(take)]);
    }

    public static ShelfCounts Counts(ShelfColumns columns, ShelfFilter filter, TextMatch? text)
    {
        var counts = new ShelfCounts(columns);
        foreach (var number in columns.Order)
        {
            if (text is null || text.Holds(columns, number))
            {
                counts.Add(columns, number, filter.MissesOf(columns, number));
            }
        }

        return counts;
    }
}
