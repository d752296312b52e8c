using Classroom.Data;

namespace Classroom.Library.Catalogue;

/// <summary>Keeps the catalogue for half a minute: every page shows it, and it changes a few times a year. Changes of this process are seen at once.</summary>
internal sealed class CatalogueTrees(TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private volatile Kept? _kept;

    public async ValueTask<CatalogueTree> GetAsync(ClassroomDb db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_kept is { } kept && now - kept.At < KeptFor)
        {
            return kept.Tree;
        }

        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        _kept = new Kept(tree, now);
        return tree;
    }

    public void Forget() => _kept = null;

    private sealed record Kept(CatalogueTree Tree, DateTimeOffset At);
}
