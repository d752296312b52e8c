using Classroom.Data;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline;

/// <summary>Finds captured tracks as files of this machine: in the spool, in a local store, or fetched.</summary>
internal sealed class TrackFiles(IObjectStore store, IOptions<RecorderOptions> options)
{
    private readonly string _spool = Path.GetFullPath(options.Value.SpoolFolder);

    /// <summary>Null when it has not been stored, or is not on this machine.</summary>
    public string? InSpool(RecordingTrack track) =>
        track.SpoolFile is { } file && File.Exists(Path.Combine(_spool, file)) ? Path.Combine(_spool, file) : null;

    /// <exception cref="PipelineException">It is nowhere.</exception>
    public async Task<string> OpenAsync(RecordingTrack track, string workFolder, CancellationToken cancellationToken)
    {
        if (InSpool(track) is { } spooled)
        {
            return spooled;
        }

        if (track.ObjectKey is not { } key)
        {
            throw new PipelineException($"The file of {track.Group} is on another machine or was lost.", retry: true, code: "source_missing");
        }

        return store.LocalPath(key) ?? await FetchAsync(track, key, workFolder, cancellationToken);
    }

    /// <summary>After the store has confirmed them, the local files are not needed.</summary>
    public void DropFromSpool(RecordingTrack track)
    {
        if (track.SpoolFile is { } file)
        {
            File.Delete(Path.Combine(_spool, file));
            File.Delete(Path.Combine(_spool, Path.ChangeExtension(file, ".json")));
        }
    }

    private async Task<string> FetchAsync(RecordingTrack track, string key, string workFolder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(workFolder, track.Id + ".mkv");
        await using var source = await store.OpenReadAsync(key, 0, null, cancellationToken)
            ?? throw new PipelineException($"The store no longer holds the file of {track.Group}.", retry: false, code: "source_missing");
        await using var target = File.Create(path);
        await source.CopyToAsync(target, cancellationToken);
        return path;
    }
}
