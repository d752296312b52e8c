namespace Classroom.Recorder.Store;

/// <summary>Holds finished files under keys such as "recordings/{lesson}/{track}/index.m3u8".</summary>
/// <remarks>Keys that are not of the allowed form throw <see cref="ArgumentException"/>: they are made by us, never by a request.</remarks>
public interface IObjectStore
{
    /// <summary>Stores a file under the key, replacing what was there, and checks that every byte arrived.</summary>
    /// <exception cref="StoreException">The store refused, or holds something else than the file.</exception>
    Task<StoreReceipt> PutFileAsync(string key, string path, CancellationToken cancellationToken);

    /// <summary>Length and version of an object; null when there is none.</summary>
    Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Reads from <paramref name="offset"/>, at most <paramref name="length"/> bytes (null: to the end). Null when there is no such object.</summary>
    Task<Stream?> OpenReadAsync(string key, long offset, long? length, CancellationToken cancellationToken);

    /// <summary>Objects whose key begins with the prefix, in key order.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>How much lies below a prefix.</summary>
    async Task<StoredAmount> MeasureAsync(string prefix, CancellationToken cancellationToken)
    {
        var amount = new StoredAmount(0, 0);
        await foreach (var item in ListAsync(prefix, cancellationToken))
        {
            amount += new StoredAmount(item.Length, 1);
        }

        return amount;
    }

    /// <summary>Deletes an object; deleting what is not there changes nothing.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Path of the object when it is a file of this machine, so that it can be read in place; otherwise null.</summary>
    string? LocalPath(string key);
}

/// <param name="ETag">Changes whenever the content does; quoted (RFC 9110 §8.8.3).</param>
public sealed record StoredObject(string Key, long Length, string ETag, DateTimeOffset ModifiedAt);

public readonly record struct StoredAmount(long Bytes, int Objects)
{
    public static StoredAmount operator +(StoredAmount one, StoredAmount other) => new(one.Bytes + other.Bytes, one.Objects + other.Objects);
}

/// <param name="Sha256">Hash of the bytes that were sent, lower-case hexadecimal.</param>
public sealed record StoreReceipt(string Key, long Length, string Sha256);

/// <summary>The store could not do it, in words for the job's error line.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

public static class ObjectStoreExtensions
{
    // A remote store answers each request in milliseconds; a lesson has thousands of segments.
    private const int DeletesAtOnce = 8;

    /// <summary>Deletes everything below a prefix, which must end with '/'.</summary>
    public static async Task DeletePrefixAsync(this IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        if (!prefix.EndsWith('/'))
        {
            throw new ArgumentException("A prefix to delete ends with '/'.", nameof(prefix));
        }

        var keys = new List<string>();
        await foreach (var item in store.ListAsync(prefix, cancellationToken))
        {
            keys.Add(item.Key);
        }

        var together = new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(keys, together, async (key, cancel) => await store.DeleteAsync(key, cancel));
    }
}
