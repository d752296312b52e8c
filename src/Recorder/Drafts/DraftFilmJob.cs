using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Drafts;

/// <summary>The first work after the bell: seconds, while a teacher waits. Everything else of a recording is done after it.</summary>
internal sealed class DraftFilmJob(IClassroomDbFactory databases, DraftFilms films, JobQueue jobs) : IJobHandler
{
    public string Kind => JobKinds.DraftFilm;

    public bool IsQuick => true;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var lessonId = context.Job.SubjectId;
        await using var db = databases.Create();
        var recording = await db.Recordings.Include(row => row.Tracks).FirstOrDefaultAsync(row => row.LessonId == lessonId, cancellationToken)
            ?? throw new PipelineException("This lesson has no recording.", retry: false);
        if (recording.Tracks.Exists(track => track.State == TrackState.Capturing))
        {
            throw new PipelineException("The lesson is still being recorded.", retry: true);
        }

        await films.MakeAsync(recording, context.Report, cancellationToken);
        recording.DurationMs = recording.Tracks.Select(track => track.StartMs + track.DurationMs).DefaultIfEmpty(0).Max();
        await db.SaveChangesAsync(cancellationToken);
        await jobs.EnqueueAsync(JobKinds.FinishRecording, lessonId, priority: 5, cancellationToken: cancellationToken);
    }
}
