using Classroom.Library.Shelves;

namespace Classroom.Library.Search;

/// <summary>Which courses hold all phrases of a query, each in its own words or in the names that it carries.</summary>
internal sealed class TextMatch(IReadOnlyList<PhraseMatch> phrases)
{
    public bool Holds(ShelfColumns columns, int number)
    {
        foreach (var phrase in phrases)
        {
            if (!phrase.Holds(columns, number))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>At least one phrase is in the title: such courses are shown first.</summary>
    public bool IsInTitle(int number)
    {
        foreach (var phrase in phrases)
        {
            if (phrase.Words.InTitle.Has(number))
            {
                return true;
            }
        }

        return false;
    }
}

/// <param name="InTitle">Courses whose title holds the phrase.</param>
/// <param name="Anywhere">Courses whose title or other words hold it.</param>
internal sealed record PhraseWords(BitSet InTitle, BitSet Anywhere);

/// <summary>One phrase: in the words of courses by the full-text index, in the names of chapters, points, schools and teachers by looking at the names.</summary>
/// <param name="Nodes">For each number of a node whether it or one above it has the phrase in its name; null when none has. So for the others.</param>
internal sealed record PhraseMatch(PhraseWords Words, bool[]? Nodes, bool[]? Schools, bool[]? Teachers, bool[]? Points)
{
    public bool Holds(ShelfColumns columns, int number) =>
        Words.Anywhere.Has(number)
        || (Nodes is not null && Nodes[columns.Node[number]])
        || (Schools is not null && Schools[columns.School[number]])
        || (Teachers is not null && Teachers[columns.Teacher[number]])
        || (Points is not null && HoldsInPoints(columns.PointsOf(number)));

    private bool HoldsInPoints(ReadOnlySpan<int> points)
    {
        foreach (var point in points)
        {
            if (Points![point])
            {
                return true;
            }
        }

        return false;
    }
}
