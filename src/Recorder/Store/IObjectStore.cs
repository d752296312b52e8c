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

    /// <summary>Deletes an object; deleting what is not there changes nothing.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Path of the object when it is a file of this machine, so that it can be read in place; otherwise null.</summary>
    string? LocalPath(string key);
}

/// <param name="ETag">Changes whenever the content does; quoted (RFC 9110 §8.8.3).</param>
public sealed record StoredObject(string Key, long Length, string ETag, DateTimeOffset ModifiedAt);

/// <param name="Sha256">Hash of the bytes that were sent, lower-case hexadecimal.</param>
public sealed record StoreReceipt(string Key, long Length, string Sha256);

/// <summary>The store could not do it, in words for the job's error line.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

public static class ObjectStoreExtensions
{
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

        foreach (var key in keys)
        {
            await store.DeleteAsync(key, cancellationToken);
        }
    }
}
