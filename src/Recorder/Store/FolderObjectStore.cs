using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Classroom.Recorder.Store;

/// <summary>Objects as files of a folder. A key appears at once and whole: files are written beside it and renamed.</summary>
internal sealed class FolderObjectStore(string folder) : IObjectStore
{
    private readonly string _root = Path.GetFullPath(folder);

    public async Task<StoreReceipt> PutFileAsync(string key, string path, CancellationToken cancellationToken)
    {
        var target = PathOf(key);
        var directory = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(directory, "." + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(directory);
            var (sent, length) = await CopyAsync(path, temporary, cancellationToken);
            var kept = await HashAsync(temporary, cancellationToken);
            if (!sent.AsSpan().SequenceEqual(kept))
            {
                throw new StoreException($"The copy of {key} differs from the file: the disk under {_root} is failing.");
            }

            File.Move(temporary, target, overwrite: true);
            return new StoreReceipt(key, length, Convert.ToHexStringLower(sent));
        }
        catch (Exception error) when (error is IOException and not FileNotFoundException or UnauthorizedAccessException)
        {
            throw new StoreException($"{key} could not be stored: {error.Message}", error);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? Describe(key, file) : null);
    }

    public Task<Stream?> OpenReadAsync(string key, long offset, long? length, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
        {
            return Task.FromResult<Stream?>(null);
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true);
        stream.Position = Math.Min(offset, stream.Length);
        return Task.FromResult<Stream?>(length is { } limit ? new LimitedStream(stream, limit) : stream);
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ObjectKey.RequirePrefix(prefix);
        var start = Path.Combine(_root, Path.GetDirectoryName(prefix) ?? "");
        if (!Directory.Exists(start))
        {
            yield break;
        }

        var keys = Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && ObjectKey.IsValid(key))
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await HeadAsync(key, cancellationToken) is { } item)
            {
                yield return item;
            }
        }
    }

    /// <summary>Without a list in memory: the whole store may have millions of files.</summary>
    public Task<StoredAmount> MeasureAsync(string prefix, CancellationToken cancellationToken)
    {
        ObjectKey.RequirePrefix(prefix);
        var below = new DirectoryInfo(Path.Combine(_root, prefix));
        return Task.Run(() => below.Exists ? Measure(below, cancellationToken) : default, cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
            RemoveEmptyFolders(Path.GetDirectoryName(path)!);
        }

        return Task.CompletedTask;
    }

    public string? LocalPath(string key)
    {
        var path = PathOf(key);
        return File.Exists(path) ? path : null;
    }

    private static StoredObject Describe(string key, FileInfo file) =>
        new(key, file.Length, $"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"", new DateTimeOffset(file.LastWriteTimeUtc));

    private static async Task<(byte[] Hash, long Length)> CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true);
        var buffer = new byte[256 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        // The spool file is deleted after this, so the copy must survive a power cut.
        RandomAccess.FlushToDisk(target.SafeFileHandle);
        return (hash.GetHashAndReset(), target.Length);
    }

    private static async Task<byte[]> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 256 * 1024, useAsync: true);
        return await SHA256.HashDataAsync(stream, cancellationToken);
    }

    private static StoredAmount Measure(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var amount = new StoredAmount(0, 0);
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Files come and go meanwhile; Exists keeps what it saw for Length.
            amount += file.Exists ? new StoredAmount(file.Length, 1) : default;
        }

        return amount;
    }

    private void RemoveEmptyFolders(string directory)
    {
        try
        {
            while (directory.Length > _root.Length && !Directory.EnumerateFileSystemEntries(directory).Any())
            {
                Directory.Delete(directory);
                directory = Path.GetDirectoryName(directory)!;
            }
        }
        catch (IOException)
        {
            // Someone stores into it right now, or has removed it already.
        }
    }

    private string PathOf(string key) => Path.Combine(_root, ObjectKey.Require(key));
}
