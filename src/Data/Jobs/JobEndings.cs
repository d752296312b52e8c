using Microsoft.EntityFrameworkCore;

namespace Classroom.Data;

/// <summary>Tells what a job works on how the job has ended, in the transaction that ends it: nothing waits for work that nobody will do.</summary>
internal static class JobEndings
{
    /// <param name="end">Failed or Cancelled; anything else changes nothing.</param>
    public static Task TellAsync(ClassroomDb db, Job job, JobState end, string error, DateTime now, CancellationToken cancellationToken) => (job.Kind, end) switch
    {
        (JobKinds.RenderCourse, JobState.Failed or JobState.Cancelled) => CourseRenders.StopAsync(db, job.SubjectId, end == JobState.Cancelled, now, cancellationToken),
        // Without a film the recording is finished all the same: nothing that was captured depends on it.
        (JobKinds.DraftFilm, JobState.Failed or JobState.Cancelled) => FinishAsync(db, job, now, cancellationToken),
        (JobKinds.FinishRecording, JobState.Failed or JobState.Cancelled) => db.Recordings
            .Where(row => row.LessonId == job.SubjectId && row.State != RecordingState.Ready)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Failed).SetProperty(row => row.Error, error), cancellationToken),
        // What is wrong with a document it says itself; this is for everything else that keeps its pages from being drawn.
        (JobKinds.RenderSlides, JobState.Failed or JobState.Cancelled) => db.LessonDocuments
            .Where(row => row.Id == job.SubjectId && row.State == DocumentState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DocumentState.Failed).SetProperty(row => row.Error, "render_failed"), cancellationToken),
        // What is wrong with a film its reading says itself, as above.
        (JobKinds.IngestFile, JobState.Failed or JobState.Cancelled) => db.MediaUploads
            .Where(row => row.Id == job.SubjectId && row.State == UploadState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, UploadState.Failed).SetProperty(row => row.Error, "ingest_failed"), cancellationToken),
        _ => Task.CompletedTask,
    };

    private static async Task FinishAsync(ClassroomDb db, Job draft, DateTime now, CancellationToken cancellationToken)
    {
        if (await JobQueue.FindActiveAsync(db, JobKinds.FinishRecording, draft.SubjectId, cancellationToken) is null)
        {
            db.Jobs.Add(new Job { Kind = JobKinds.FinishRecording, SubjectId = draft.SubjectId, Priority = 5, CreatedAt = now, RunAfter = now });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>A failed or cancelled job is queued again: what it works on waits for it again.</summary>
    public static Task TellRetryAsync(ClassroomDb db, Job job, CancellationToken cancellationToken) => job.Kind switch
    {
        JobKinds.RenderCourse => CourseRenders.BeginAsync(db, job.SubjectId, cancellationToken),
        JobKinds.FinishRecording => db.Recordings
            .Where(row => row.LessonId == job.SubjectId && row.State == RecordingState.Failed)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Finishing).SetProperty(row => row.Error, (string?)null), cancellationToken),
        JobKinds.RenderSlides => db.LessonDocuments
            .Where(row => row.Id == job.SubjectId && row.State == DocumentState.Failed)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DocumentState.Waiting).SetProperty(row => row.Error, (string?)null), cancellationToken),
        _ => Task.CompletedTask,
    };
}
