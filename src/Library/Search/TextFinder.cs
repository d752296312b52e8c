using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Shelves;

namespace Classroom.Library.Search;

/// <summary>Looks up what people type. The full-text answers are kept until the shelf changes: the counts, the next page and the next filter ask for the same words.</summary>
internal sealed class TextFinder(Shelf shelf)
{
    private const int MostKept = 32;
    private const int MostPhrases = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PhraseWords> _kept = new(StringComparer.Ordinal);
    private int _keptVersion = -1;

    /// <summary>Reads the full-text index; what needs the columns is done by <see cref="Match"/>.</summary>
    public async Task<IReadOnlyList<(GramPhrase Phrase, PhraseWords Words)>> FindAsync(ClassroomDb db, IReadOnlyList<GramPhrase> phrases, CancellationToken cancellationToken)
    {
        var found = new List<(GramPhrase, PhraseWords)>();
        foreach (var phrase in phrases.Take(MostPhrases))
        {
            found.Add((phrase, await WordsAsync(db, phrase, cancellationToken)));
        }

        return found;
    }

    public static TextMatch Match(IEnumerable<(GramPhrase Phrase, PhraseWords Words)> found, CatalogueTree tree, ShelfColumns columns) =>
        new([.. found.Select(one => Match(one.Phrase, one.Words, tree, columns))]);

    private static PhraseMatch Match(GramPhrase phrase, PhraseWords words, CatalogueTree tree, ShelfColumns columns)
    {
        return new PhraseMatch(
            words,
            Marks(columns.Nodes, id => tree.FoldedPathOf(id)),
            Marks(columns.Schools, id => tree.FoldedSchool(id)),
            Marks(columns.Teachers, name => name),
            Marks(columns.Points, id => tree.FoldedPoint(id)));

        bool[]? Marks(NumberedTexts texts, Func<string, string?> nameOf)
        {
            var marks = texts.Marks(text => nameOf(text)?.Contains(phrase.Text, StringComparison.OrdinalIgnoreCase) == true);
            return Array.IndexOf(marks, value: true) >= 0 ? marks : null;
        }
    }

    private async Task<PhraseWords> WordsAsync(ClassroomDb db, GramPhrase phrase, CancellationToken cancellationToken)
    {
        var version = shelf.Version;
        lock (_lock)
        {
            if (_keptVersion != version || _kept.Count >= MostKept)
            {
                _kept.Clear();
                _keptVersion = version;
            }

            if (_kept.TryGetValue(phrase.Text, out var kept))
            {
                return kept;
            }
        }

        var words = await CourseSearchIndex.FindAsync(db, phrase, cancellationToken);
        lock (_lock)
        {
            if (_keptVersion == version)
            {
                _kept[phrase.Text] = words;
            }
        }

        return words;
    }
}
