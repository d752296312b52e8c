using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Drafts;

/// <summary>
/// What grows beside the captured files of one lesson while it runs: segments of every seat, in the store as soon as they are
/// whole, and the mixed sound. After the bell only the ends are missing. One caller at a time.
/// </summary>
internal sealed class LessonDraft(string lessonId, IObjectStore store, TrackFiles files, FfmpegRunner ffmpeg, IOptions<RecorderOptions> options) : IDisposable
{
    /// <summary>A file that lies so far behind the others has nothing more to say of that time.</summary>
    private const int BehindMs = 5000;

    // The last picture stays a little longer than the last sound.
    private const int AfterMs = 1000;

    private readonly string _folder = Path.GetFullPath(Path.Combine(options.Value.SpoolFolder, lessonId));
    private readonly Dictionary<string, TrackFollower> _tracks = [];
    private int _nextPiece;

    /// <summary>One caller at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public SoundMixer Mixer { get; } = new(Path.GetFullPath(Path.Combine(options.Value.SpoolFolder, lessonId, "mix")), ffmpeg);

    public IReadOnlyCollection<TrackFollower> Tracks => _tracks.Values;

    public string Folder => _folder;

    /// <summary>Where the pictures of a file go that had to be encoded.</summary>
    public string EncodedOf(RecordingTrack track) => Path.Combine(FolderOf(track), "encoded.mkv");

    public string FolderOf(RecordingTrack track) => Path.Combine(_folder, track.Id);

    /// <summary>Takes what was captured since the last time, and closes what has ended.</summary>
    /// <param name="tracks">All of the lesson that lie in the spool.</param>
    public void Follow(IEnumerable<RecordingTrack> tracks)
    {
        foreach (var track in tracks)
        {
            if (!_tracks.TryGetValue(track.Id, out var follower))
            {
                if (files.InSpool(track) is not { } path)
                {
                    continue;
                }

                follower = _tracks[track.Id] = new TrackFollower(track, path, FolderOf(track));
            }

            follower.Follow();
            if (track.State is not TrackState.Capturing)
            {
                follower.Finish();
            }
        }
    }

    /// <summary>Mixes every whole piece of sound; after the bell the last one too.</summary>
    /// <param name="report">How much of the waiting sound is mixed, 0 to 1.</param>
    public async Task MixAsync(bool isOver, Action<double> report, CancellationToken cancellationToken)
    {
        var end = _tracks.Values.Select(track => track.EndMs).DefaultIfEmpty(long.MinValue).Max();
        if (end == long.MinValue)
        {
            return; // Nothing was written yet.
        }

        var first = _nextPiece = Math.Max(_nextPiece, SoundMixer.PieceAt(_tracks.Values.Min(track => track.Track.StartMs)));
        var last = SoundMixer.PieceAt(isOver ? end + AfterMs : end - SoundMixer.PieceMs - BehindMs);
        for (; _nextPiece <= last && (isOver || SoundMixer.FromMs(_nextPiece + 1) + BehindMs <= end); _nextPiece++)
        {
            if (!Mixer.Has(_nextPiece))
            {
                await Mixer.MakeAsync(_nextPiece, [.. _tracks.Values.Select(track => SoundMixer.Of(track.Unmixed, _nextPiece))], cancellationToken);
            }

            foreach (var track in _tracks.Values)
            {
                SoundMixer.Forget(track.Unmixed, _nextPiece + 1);
            }

            report((double)(_nextPiece + 1 - first) / (last + 1 - first));
        }
    }

    /// <summary>Stores the segments that are whole. A local file goes when the store has confirmed it: what lies there is still to be stored.</summary>
    /// <exception cref="StoreException">The store refused; the rest stays.</exception>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        foreach (var follower in _tracks.Values)
        {
            await StoreAsync(follower, cancellationToken);
        }
    }

    /// <summary>Stores what belongs to one captured file.</summary>
    public async Task StoreAsync(TrackFollower follower, CancellationToken cancellationToken)
    {
        var folder = FolderOf(follower.Track);
        var sound = follower.Index.Sounds.Count > 0 ? [SeatIndex.SoundInit] : Array.Empty<string>();
        var names = follower.Index.Inits.Select(init => init.File).Concat(sound).Concat(follower.Index.Pictures.Concat(follower.Index.Sounds).Select(piece => piece.File));
        foreach (var name in names.Where(name => File.Exists(Path.Combine(folder, name))).ToList())
        {
            await store.PutFileAsync(KeyOf(follower.Track, name), Path.Combine(folder, name), cancellationToken);
            File.Delete(Path.Combine(folder, name));
        }
    }

    /// <summary>Stores a seat's playlists over segments that are stored.</summary>
    /// <returns>Key of the one to play; null when there is nothing to play.</returns>
    public async Task<string?> StorePlaylistsAsync(TrackFollower follower, CancellationToken cancellationToken)
    {
        string? key = null;
        foreach (var name in SeatPlaylists.Write(follower.Index, FolderOf(follower.Track)))
        {
            key = KeyOf(follower.Track, name);
            await store.PutFileAsync(key, Path.Combine(FolderOf(follower.Track), name), cancellationToken);
        }

        return key;
    }

    /// <summary>Everything is stored: the local copies go.</summary>
    public void Drop(IEnumerable<RecordingTrack> tracks)
    {
        Dispose();
        foreach (var folder in tracks.Select(FolderOf).Append(Path.Combine(_folder, "mix")).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose()
    {
        foreach (var track in _tracks.Values)
        {
            track.Dispose();
        }
    }

    private string KeyOf(RecordingTrack track, string name) => $"recordings/{lessonId}/{track.Id}/{name}";
}
