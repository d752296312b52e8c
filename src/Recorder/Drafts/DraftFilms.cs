using System.Diagnostics;
using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Boards;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Drafts;

/// <summary>Makes the film of a lesson from what its draft has grown to, without encoding a picture.</summary>
internal sealed partial class DraftFilms(IClassroomDbFactory databases, IObjectStore store, LessonDrafts drafts, TrackFiles files, ILogger<DraftFilms> logger)
{
    /// <summary>Ends the segments of all seats, mixes the rest of the sound, and makes the film if every picture it needs is there.</summary>
    /// <param name="recording">With its tracks; the caller saves it.</param>
    /// <returns>False when pictures have to be encoded before there can be a film.</returns>
    public async Task<bool> MakeAsync(Recording recording, Action<double, string> report, CancellationToken cancellationToken)
    {
        var draft = drafts.Of(recording.LessonId);
        await draft.Turn.WaitAsync(cancellationToken);
        try
        {
            return await MakeAsync(draft, recording, report, cancellationToken);
        }
        finally
        {
            draft.Turn.Release();
        }
    }

    private async Task<bool> MakeAsync(LessonDraft draft, Recording recording, Action<double, string> report, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        report(0, "follow");
        draft.Follow(recording.Tracks.Where(track => track.State is TrackState.Captured or TrackState.Stored));
        var followed = watch.Elapsed;
        report(0.1, "mix");
        await draft.MixAsync(isOver: true, done => report(0.1 + (done * 0.5), "mix"), cancellationToken);
        var mixed = watch.Elapsed;
        report(0.6, "store");
        await draft.StoreAsync(cancellationToken);
        foreach (var follower in draft.Tracks.Where(follower => follower.Track.VideoCodec is null || follower.Index.Pictures.Count > 0))
        {
            var track = recording.Tracks.Single(track => track.Id == follower.Track.Id);
            track.PlaylistKey = await draft.StorePlaylistsAsync(follower, cancellationToken) ?? track.PlaylistKey;
        }

        var stored = watch.Elapsed;
        if (draft.Tracks.Any(follower => follower.Track.VideoCodec is not null && follower.Index.Pictures.Count == 0 && !TrackFollower.CanCopy(follower.Track)))
        {
            return false;
        }

        report(0.8, "film");
        await FilmAsync(draft, recording, cancellationToken);
        Log.Made(logger, recording.LessonId, watch.Elapsed.TotalSeconds, followed.TotalSeconds, (mixed - followed).TotalSeconds, (stored - mixed).TotalSeconds, (watch.Elapsed - stored).TotalSeconds);
        return true;
    }

    private async Task FilmAsync(LessonDraft draft, Recording recording, CancellationToken cancellationToken)
    {
        var sources = draft.Tracks.Where(follower => follower.Index.Pictures.Count > 0)
            .ToDictionary(follower => follower.Track.Id, follower => new FilmSource(follower.Track.Id, follower.Track.StartMs, PicturesOf(draft, follower.Track), follower.Index));
        var timeline = await TimelineAsync(recording.LessonId, cancellationToken);
        var board = sources.GetValueOrDefault(BoardTracks.IdOf(recording.LessonId));
        var shown = board is null ? [] : BoardTimes.Of(timeline, board.StartMs + board.Index.Pictures[^1].ToMs);
        var seats = sources.Values.SelectMany(source => source == board ? Pages(Seat(source, recording), shown) : [Seat(source, recording)]).ToList();
        var parts = DraftPlan.Make(seats, BoardTimes.Over(Turns(timeline), shown));
        if (parts.Count == 0)
        {
            return; // Nobody sent a picture.
        }

        var folder = Path.Combine(draft.Folder, "film");
        var film = new FilmWriter(folder, recording.StartedAt, sources, draft.Mixer).Write(parts);
        var names = FilmWriter.Files.ToList();
        foreach (var (language, words) in ChapterWords.All)
        {
            var name = $"chapters.{language}.vtt";
            await File.WriteAllTextAsync(Path.Combine(folder, name), FilmChapters.Make(timeline, film, words), cancellationToken);
            names.Insert(0, name);
        }

        foreach (var name in names)
        {
            await store.PutFileAsync($"{Prefix(recording.LessonId)}{name}", Path.Combine(folder, name), cancellationToken);
        }

        Directory.Delete(folder, recursive: true);
        (recording.DraftKey, recording.DraftDurationMs) = ($"{Prefix(recording.LessonId)}{FilmWriter.Master}", film.DurationMs);
    }

    private static string Prefix(string lessonId) => $"recordings/{lessonId}/film/";

    /// <summary>Where the pictures of a file lie that the film cuts: as captured, or encoded where they could not be copied.</summary>
    private string PicturesOf(LessonDraft draft, RecordingTrack track) =>
        TrackFollower.CanCopy(track) ? files.InSpool(track) ?? throw new PipelineException($"The spool file of {track.Group} is not on this machine.", retry: true) : draft.EncodedOf(track);

    private static FilmSeat Seat(FilmSource source, Recording recording)
    {
        var track = recording.Tracks.Single(track => track.Id == source.TrackId);
        return new FilmSeat(
            track.Id,
            track.ParticipantId,
            track.Group,
            track.StartMs + source.Index.Pictures[^1].ToMs,
            [.. source.Index.Pictures.SelectMany(piece => piece.Keys).Select(key => track.StartMs + key)]);
    }

    // Slides and ink are a seat only while everybody sees them.
    private static IEnumerable<FilmSeat> Pages(FilmSeat seat, IReadOnlyList<ShownTime> shown) =>
        shown.Select(time => seat with { EndMs = Math.Min(seat.EndMs, time.ToMs), Keys = [.. seat.Keys.Where(key => key >= time.FromMs && key < time.ToMs)] }).Where(part => part.Keys.Count > 0);

    private async Task<IReadOnlyList<TimelineEvent>> TimelineAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.Timeline.AsNoTracking().Where(e => e.LessonId == lessonId && FilmChapters.Kinds.Contains(e.Kind) && e.Audience == "all")
            .OrderBy(e => e.Seq).ToListAsync(cancellationToken);
    }

    private static List<FilmTurn> Turns(IReadOnlyList<TimelineEvent> timeline) =>
        [.. timeline.Where(e => e.Kind == "stage").Select(e => JsonSerializer.Deserialize<Staged>(e.Body, JsonSerializerOptions.Web) is { } body ? new FilmTurn(e.At, body.ParticipantId, body.Group) : new FilmTurn(e.At, null, null))];

    private sealed record Staged(string? ParticipantId, string? Group);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Draft film of lesson {LessonId} in {Seconds:0.00} s: follow {Follow:0.00}, mix {Mix:0.00}, store {Store:0.00}, film {Film:0.00}.")]
        public static partial void Made(ILogger logger, string lessonId, double seconds, double follow, double mix, double store, double film);
    }
}
