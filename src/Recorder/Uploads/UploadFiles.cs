using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Uploads;

/// <summary>What has come of films so far: one growing file each. Its length is the offset, so nothing is forgotten in a restart.</summary>
internal sealed class UploadFiles(IOptions<RecorderOptions> options)
{
    private readonly string _folder = Path.GetFullPath(Path.Combine(options.Value.SpoolFolder, "uploads"));
    private readonly ConcurrentDictionary<string, bool> _busy = [];

    public string PathOf(string id) => Path.Combine(_folder, id + ".part");

    public long LengthOf(string id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : 0;

    public void Create(string id)
    {
        Directory.CreateDirectory(_folder);
        File.Create(PathOf(id)).Dispose();
    }

    public void Delete(string id) => File.Delete(PathOf(id));

    public long FreeBytes()
    {
        Directory.CreateDirectory(_folder);
        return new DriveInfo(_folder).AvailableFreeSpace;
    }

    /// <summary>Nobody else writes to it until the result is disposed of; null when somebody does.</summary>
    public IDisposable? TryLock(string id) => _busy.TryAdd(id, true) ? new Release(() => _busy.TryRemove(id, out _)) : null;

    /// <summary>Appends what comes, at most up to <paramref name="whole"/> bytes together. What has come before a line breaks stays.</summary>
    /// <returns>False when more came than was announced.</returns>
    public async Task<bool> AppendAsync(string id, Stream content, long whole, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(PathOf(id), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
        var buffer = new byte[256 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (file.Length + read > whole)
            {
                return false;
            }

            // A piece that has come is written whole, also when its sender is gone meanwhile.
            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
        }

        return true;
    }

    private sealed class Release(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
