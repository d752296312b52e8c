using System.Collections.Concurrent;
using Classroom.Recorder.Store;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>
/// The pieces of one micro-course in the object store, where every worker finds them: what was made for one film, or by a worker that
/// died, is not made again. Each piece is written whole or not at all.
/// </summary>
internal sealed class PieceStore(IObjectStore store, string courseId, string workFolder)
{
    /// <summary>All pieces of all courses lie below it.</summary>
    public const string Root = "pieces/";

    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _fetched = new(StringComparer.Ordinal);

    private string Prefix => Of(courseId);

    /// <summary>All pieces of one course lie below it.</summary>
    public static string Of(string courseId) => $"{Root}{courseId}/";

    /// <summary>Where a piece lies while it is made.</summary>
    public string PathFor(string name) => Path.GetFullPath(Path.Combine(workFolder, name));

    /// <summary>Path of a piece on this machine; null when it has to be made.</summary>
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var key = Prefix + name;
        _used[key] = true;
        if (await store.HeadAsync(key, cancellationToken) is null)
        {
            return null;
        }

        if (_fetched.ContainsKey(key))
        {
            return PathFor(name);
        }

        return store.LocalPath(key) ?? await FetchAsync(key, PathFor(name), cancellationToken);
    }

    /// <summary>Keeps a piece that was just made, and gives its path from now on.</summary>
    public async Task<string> KeepAsync(string name, string path, CancellationToken cancellationToken)
    {
        var key = Prefix + name;
        _used[key] = true;
        await store.PutFileAsync(key, path, cancellationToken);
        if (store.LocalPath(key) is not { } local)
        {
            _fetched[key] = true;
            return path;
        }

        File.Delete(path);
        return local;
    }

    /// <summary>Deletes what the film that was just made has no use for.</summary>
    public async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        var old = new List<string>();
        await foreach (var item in store.ListAsync(Prefix, cancellationToken))
        {
            if (!_used.ContainsKey(item.Key))
            {
                old.Add(item.Key);
            }
        }

        foreach (var key in old)
        {
            await store.DeleteAsync(key, cancellationToken);
        }
    }

    public Task ForgetAllAsync(CancellationToken cancellationToken) => store.DeletePrefixAsync(Prefix, cancellationToken);

    private async Task<string?> FetchAsync(string key, string path, CancellationToken cancellationToken)
    {
        await using var source = await store.OpenReadAsync(key, 0, null, cancellationToken);
        if (source is null)
        {
            return null;
        }

        await using var target = File.Create(path);
        await source.CopyToAsync(target, cancellationToken);
        _fetched[key] = true;
        return path;
    }
}
