using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Capture;

/// <summary>What the database knows about recordings that are being captured. Each call may be repeated.</summary>
internal sealed class RecordingRows(IClassroomDbFactory databases, JobQueue jobs)
{
    /// <summary>The row of a lesson's recording; false when there is no such lesson (an ad hoc room).</summary>
    /// <param name="onlyIfMissing">Leaves a row that exists as it is: recovery must not reopen a finished recording.</param>
    public async Task<bool> BeginAsync(string lessonId, DateTime startedAt, bool onlyIfMissing, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        if (!await db.Lessons.AnyAsync(lesson => lesson.Id == lessonId, cancellationToken))
        {
            return false;
        }

        var recording = await db.Recordings.FirstOrDefaultAsync(row => row.LessonId == lessonId, cancellationToken);
        if (recording is null)
        {
            db.Recordings.Add(new Recording { LessonId = lessonId, State = RecordingState.Capturing, StartedAt = startedAt });
        }
        else if (!onlyIfMissing)
        {
            recording.State = RecordingState.Capturing;
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public async Task OpenTrackAsync(CaptureHeader header, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        if (await db.RecordingTracks.AnyAsync(track => track.Id == header.TrackId, cancellationToken))
        {
            return;
        }

        db.RecordingTracks.Add(new RecordingTrack
        {
            Id = header.TrackId,
            LessonId = header.Seat.LessonId,
            ParticipantId = header.Seat.ParticipantId,
            ClassroomId = header.Seat.ClassroomId,
            Group = header.Seat.Group,
            VideoCodec = header.VideoCodec,
            AudioCodec = header.AudioCodec,
            Width = header.Width,
            Height = header.Height,
            StartMs = header.StartMs,
            State = TrackState.Capturing,
            SpoolFile = header.File,
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <param name="durationMs">Null: nothing in the file can be played.</param>
    public async Task CloseTrackAsync(string trackId, long? durationMs, long bytes, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var state = durationMs is null ? TrackState.Lost : TrackState.Captured;
        await db.RecordingTracks.Where(track => track.Id == trackId).ExecuteUpdateAsync(
            set => set
                .SetProperty(track => track.State, state)
                .SetProperty(track => track.DurationMs, durationMs ?? 0)
                .SetProperty(track => track.Bytes, bytes),
            cancellationToken);
    }

    /// <returns>The gap's id, for <see cref="EndGapAsync"/>.</returns>
    public async Task<string> AddGapAsync(string lessonId, string? trackId, long fromMs, long toMs, string reason, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var gap = new RecordingGap { LessonId = lessonId, TrackId = trackId, FromMs = fromMs, ToMs = toMs, Reason = reason };
        db.RecordingGaps.Add(gap);
        await db.SaveChangesAsync(cancellationToken);
        return gap.Id;
    }

    public async Task EndGapAsync(string gapId, long toMs, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        await db.RecordingGaps.Where(gap => gap.Id == gapId && gap.ToMs < toMs)
            .ExecuteUpdateAsync(set => set.SetProperty(gap => gap.ToMs, toMs), cancellationToken);
    }

    /// <summary>Queues the draft film, and with it the finishing, of lessons that have ended and have no open file (any more).</summary>
    public async Task FinishEndedAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var ended = await db.Recordings
            .Where(row => row.State == RecordingState.Capturing && row.Lesson!.State == LessonState.Ended)
            .Where(row => row.Tracks.All(track => track.State != TrackState.Capturing))
            .Select(row => row.LessonId).ToListAsync(cancellationToken);
        foreach (var lessonId in ended)
        {
            await jobs.EnqueueAsync(JobKinds.DraftFilm, lessonId, priority: 10, cancellationToken: cancellationToken);
            await db.Recordings.Where(row => row.LessonId == lessonId && row.State == RecordingState.Capturing)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Finishing), cancellationToken);
        }
    }

    public async Task<List<RecordingTrack>> CapturingAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.RecordingTracks.AsNoTracking().Where(track => track.State == TrackState.Capturing).ToListAsync(cancellationToken);
    }

    public async Task<bool> IsLiveAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.Lessons.AnyAsync(lesson => lesson.Id == lessonId && lesson.State == LessonState.Live, cancellationToken);
    }

    /// <summary>Its recording was deleted: what may still lie in the spool is on its way out, not to be recovered.</summary>
    public async Task<bool> IsDeletedAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.DeletionRecords.AnyAsync(record => record.SubjectId == lessonId, cancellationToken)
            && !await db.Recordings.AnyAsync(row => row.LessonId == lessonId, cancellationToken);
    }

    /// <summary>End of everything that was captured of a lesson, in lesson milliseconds.</summary>
    public async Task<long> EndOfAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.RecordingTracks.Where(track => track.LessonId == lessonId)
            .MaxAsync(track => (long?)(track.StartMs + track.DurationMs), cancellationToken) ?? 0;
    }
}
