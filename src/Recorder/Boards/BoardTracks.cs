using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Boards;

/// <summary>
/// Makes a seat of what a lesson showed on slides and whiteboard: a file in the spool and its row, as if it had been captured. It is made once;
/// a worker that was killed leaves nothing that counts.
/// </summary>
internal sealed partial class BoardTracks(IClassroomDbFactory databases, BoardFilm film, IOptions<RecorderOptions> options, ILogger<BoardTracks> logger)
{
    /// <summary>Why a recording has no such seat although something was shown.</summary>
    public const string GapReason = "board";

    private readonly string _spool = Path.GetFullPath(options.Value.SpoolFolder);

    public static string IdOf(string lessonId) => $"{lessonId}-board";

    /// <summary>Adds the seat, or the gap that says that it could not be made: a lesson's film does not wait for its slides.</summary>
    /// <param name="recording">With its tracks and gaps; saved here.</param>
    /// <exception cref="StoreException">The store is away: later there will be pages.</exception>
    public async Task AddAsync(ClassroomDb db, Recording recording, Action<double, string> report, CancellationToken cancellationToken)
    {
        if (recording.Tracks.Exists(track => track.Id == IdOf(recording.LessonId)))
        {
            return;
        }

        var timeline = await TimelineAsync(recording.LessonId, cancellationToken);
        var end = EndOf(recording, timeline);
        var frames = FrameTimes.Of(BoardScript.Moments(timeline).Select(moment => (moment.AtMs, moment.IsCut)), end);
        if (frames.Count == 0)
        {
            return;
        }

        var gap = recording.Gaps.Find(gap => gap.Reason == GapReason);
        try
        {
            var track = await MakeAsync(recording.LessonId, timeline, frames, end, report, cancellationToken);
            db.RecordingTracks.Add(track);
            db.RecordingGaps.RemoveRange(gap is null ? [] : [gap]);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StoreException or HttpIOException))
        {
            Log.Failed(logger, error, recording.LessonId);
            if (gap is null)
            {
                db.RecordingGaps.Add(new RecordingGap { LessonId = recording.LessonId, TrackId = IdOf(recording.LessonId), FromMs = frames[0].AtMs, ToMs = end, Reason = GapReason });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<RecordingTrack> MakeAsync(string lessonId, IReadOnlyList<TimelineEvent> timeline, IReadOnlyList<BoardFrame> frames, long endMs, Action<double, string> report, CancellationToken cancellationToken)
    {
        var id = IdOf(lessonId);
        var file = Path.Combine(lessonId, id + ".mkv");
        var path = Path.Combine(_spool, file);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            try
            {
                await film.MakeAsync(lessonId, timeline, frames, path + ".new", done => report(done, "board"), cancellationToken);
                File.Move(path + ".new", path);
            }
            finally
            {
                File.Delete(path + ".new");
            }
        }

        return new RecordingTrack
        {
            Id = id,
            LessonId = lessonId,
            ParticipantId = BoardTimes.Participant,
            Group = BoardTimes.Group,
            VideoCodec = "H264",
            Width = BoardPainter.Width,
            Height = BoardPainter.Height,
            StartMs = frames[0].AtMs,
            DurationMs = endMs - frames[0].AtMs,
            Bytes = new FileInfo(path).Length,
            State = TrackState.Captured,
            SpoolFile = file,
        };
    }

    private async Task<List<TimelineEvent>> TimelineAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.Timeline.AsNoTracking().Where(e => e.LessonId == lessonId && (BoardScript.Kinds.Contains(e.Kind) || e.Kind == BoardScript.Ended))
            .OrderBy(e => e.Seq).ToListAsync(cancellationToken);
    }

    // The bell; without it what was captured last.
    private static long EndOf(Recording recording, List<TimelineEvent> timeline) =>
        timeline.FindLast(e => e.Kind == BoardScript.Ended)?.At
            ?? recording.Tracks.Where(track => track.State != TrackState.Lost).Select(track => track.StartMs + track.DurationMs).DefaultIfEmpty(0).Max();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Slides and ink of lesson {LessonId} could not be filmed; its film is made without them.")]
        public static partial void Failed(ILogger logger, Exception error, string lessonId);
    }
}
