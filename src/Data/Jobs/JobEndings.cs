using Microsoft.EntityFrameworkCore;

namespace Classroom.Data;

/// <summary>Tells what a job works on how the job has ended, in the transaction that ends it: nothing waits for work that nobody will do.</summary>
internal static class JobEndings
{
    /// <param name="end">Failed or Cancelled; anything else changes nothing.</param>
    public static Task TellAsync(ClassroomDb db, Job job, JobState end, string error, DateTime now, CancellationToken cancellationToken) => (job.Kind, end) switch
    {
        (JobKinds.RenderCourse, JobState.Failed or JobState.Cancelled) => CourseRenders.StopAsync(db, job.SubjectId, end == JobState.Cancelled, now, cancellationToken),
        (JobKinds.FinishRecording, JobState.Failed or JobState.Cancelled) => db.Recordings
            .Where(row => row.LessonId == job.SubjectId && row.State != RecordingState.Ready)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Failed).SetProperty(row => row.Error, error), cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>A failed or cancelled job is queued again: what it works on waits for it again.</summary>
    public static Task TellRetryAsync(ClassroomDb db, Job job, CancellationToken cancellationToken) => job.Kind switch
    {
        JobKinds.RenderCourse => CourseRenders.BeginAsync(db, job.SubjectId, cancellationToken),
        JobKinds.FinishRecording => db.Recordings
            .Where(row => row.LessonId == job.SubjectId && row.State == RecordingState.Failed)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Finishing).SetProperty(row => row.Error, (string?)null), cancellationToken),
        _ => Task.CompletedTask,
    };
}
