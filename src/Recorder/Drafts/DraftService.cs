using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Drafts;

/// <summary>Lets the drafts of running lessons grow, so that little is left to do at the bell.</summary>
internal sealed partial class DraftService(IClassroomDbFactory databases, LessonDrafts drafts, IOptions<RecorderOptions> options, TimeProvider time, ILogger<DraftService> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(4);
    private bool _isStoreAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await GrowAllAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task GrowAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = databases.Create();
            var tracks = await db.RecordingTracks.AsNoTracking()
                .Where(track => track.State == TrackState.Capturing || track.State == TrackState.Captured)
                .Where(track => db.Recordings.Any(row => row.LessonId == track.LessonId && row.State == RecordingState.Capturing))
                .ToListAsync(cancellationToken);
            foreach (var lesson in tracks.GroupBy(track => track.LessonId))
            {
                await GrowAsync(lesson.Key, [.. lesson], cancellationToken);
            }

            Leave(tracks);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.Failed(logger, error);
        }
    }

    // Where another process does the work after the bell, this one lets go of the files.
    private void Leave(List<RecordingTrack> growing)
    {
        if (options.Value.Workers == 0)
        {
            foreach (var lessonId in drafts.Lessons.Except(growing.Select(track => track.LessonId)).ToList())
            {
                drafts.Forget(lessonId);
            }
        }
    }

    // One lesson's trouble must not stop the others, and what does not work now is done after the bell.
    private async Task GrowAsync(string lessonId, IReadOnlyList<RecordingTrack> tracks, CancellationToken cancellationToken)
    {
        var draft = drafts.Of(lessonId);
        await draft.Turn.WaitAsync(cancellationToken);
        try
        {
            draft.Follow(tracks);
            await draft.MixAsync(isOver: false, static _ => { }, cancellationToken);
            await draft.StoreAsync(cancellationToken);
            _isStoreAway = false;
        }
        catch (StoreException error)
        {
            if (!_isStoreAway)
            {
                Log.StoreAway(logger, lessonId, error.Message);
            }

            _isStoreAway = true;
        }
        catch (Exception error) when (error is PipelineException or IOException)
        {
            Log.LessonFailed(logger, error, lessonId);
        }
        finally
        {
            draft.Turn.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The drafts could not be looked after.")]
        public static partial void Failed(ILogger logger, Exception error);

        [LoggerMessage(2, LogLevel.Warning, "Lesson {LessonId}: the store refuses, its segments stay in the spool: {Error}")]
        public static partial void StoreAway(ILogger logger, string lessonId, string error);

        [LoggerMessage(3, LogLevel.Warning, "The draft of lesson {LessonId} does not grow; it is tried again.")]
        public static partial void LessonFailed(ILogger logger, Exception error, string lessonId);
    }
}
