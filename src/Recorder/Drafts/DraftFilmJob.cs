using Classroom.Data;
using Classroom.Recorder.Boards;
using Classroom.Recorder.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Drafts;

/// <summary>The first work after the bell: seconds, while a teacher waits. Everything else of a recording is done after it.</summary>
internal sealed class DraftFilmJob(IClassroomDbFactory databases, BoardTracks boards, DraftFilms films, JobQueue jobs) : IJobHandler
{
    /// <summary>Slides and ink, where there are any, take as long as the rest.</summary>
    private const double BoardShare = 0.5;

    public string Kind => JobKinds.DraftFilm;

    public bool IsQuick => true;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var lessonId = context.Job.SubjectId;
        await using var db = databases.Create();
        var recording = await db.Recordings.AsSplitQuery().Include(row => row.Tracks).Include(row => row.Gaps).FirstOrDefaultAsync(row => row.LessonId == lessonId, cancellationToken)
            ?? throw new PipelineException("This lesson has no recording.", retry: false);
        if (recording.Tracks.Exists(track => track.State == TrackState.Capturing))
        {
            throw new PipelineException("The lesson is still being recorded.", retry: true);
        }

        await boards.AddAsync(db, recording, (done, step) => context.Report(done * BoardShare, step), cancellationToken);
        await films.MakeAsync(recording, (done, step) => context.Report(BoardShare + (done * (1 - BoardShare)), step), cancellationToken);
        recording.DurationMs = recording.Tracks.Select(track => track.StartMs + track.DurationMs).DefaultIfEmpty(0).Max();
        await db.SaveChangesAsync(cancellationToken);
        await jobs.EnqueueAsync(JobKinds.FinishRecording, lessonId, priority: 5, cancellationToken: cancellationToken);
    }
}
