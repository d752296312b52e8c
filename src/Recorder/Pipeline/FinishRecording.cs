using Classroom.Data;
using Classroom.Recorder.Drafts;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Pipeline;

/// <summary>
/// After the draft film: every captured file goes to the store; pictures that could not be copied are encoded, and then there is a
/// film of them too. What is done is not done again.
/// </summary>
internal sealed class FinishRecording(IClassroomDbFactory databases, IObjectStore store, TrackFiles files, FfmpegRunner ffmpeg, LessonDrafts drafts, DraftFilms films, JobQueue queue) : IJobHandler
{
    public string Kind => JobKinds.FinishRecording;

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

        (recording.State, recording.Error) = (RecordingState.Finishing, null);
        await db.SaveChangesAsync(cancellationToken);
        var done = 0L;
        var total = Math.Max(1, recording.Tracks.Sum(track => track.DurationMs));
        foreach (var track in recording.Tracks.OrderBy(track => track.StartMs))
        {
            if (track.State == TrackState.Captured)
            {
                await FinishAsync(track, reached => context.Report((done + reached.TotalMilliseconds) / total * 0.9, "replay"), cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }

            done += track.DurationMs;
        }

        context.Report(0.92, "film");
        if (recording.Tracks.Exists(track => files.InSpool(track) is not null) && (recording.DraftKey is null || recording.Tracks.Exists(track => track.PlaylistKey is null)))
        {
            await films.MakeAsync(recording, static (_, _) => { }, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        context.Report(0.96, "cover");
        recording.CoverKey ??= await CoverAsync(recording, context, cancellationToken);
        recording.DurationMs = recording.Tracks.Select(track => track.StartMs + track.DurationMs).DefaultIfEmpty(0).Max();
        (recording.State, recording.StoredBytes) = (RecordingState.Ready, null);
        await db.SaveChangesAsync(cancellationToken);
        Drop(recording);

        // Nobody waits for it: films and the other lessons of this bell go first.
        await queue.EnqueueAsync(JobKinds.AnalyseRecording, lessonId, priority: -10, cancellationToken: cancellationToken);
    }

    private async Task FinishAsync(RecordingTrack track, Action<TimeSpan> onProgress, CancellationToken cancellationToken)
    {
        var path = files.InSpool(track) ?? throw new PipelineException($"The spool file of {track.Group} is not on this machine.", retry: true);
        if (MatroskaFinisher.Finish(path) is null)
        {
            track.State = TrackState.Lost;
            return;
        }

        var sizes = PictureSizes.Read(path, track.VideoCodec);
        (track.Width, track.Height) = (Math.Max(track.Width, sizes.Width), Math.Max(track.Height, sizes.Height));
        if (!TrackFollower.CanCopy(track))
        {
            await EncodeAsync(track, path, onProgress, cancellationToken);
        }

        var receipt = await store.PutFileAsync($"recordings/{track.LessonId}/{track.Id}/capture.mkv", path, cancellationToken);
        (track.ObjectKey, track.State, track.Bytes, track.Sha256) = (receipt.Key, TrackState.Stored, receipt.Length, receipt.Sha256);
    }

    // Once, into the form that everything else is copied from.
    private async Task EncodeAsync(RecordingTrack track, string path, Action<TimeSpan> onProgress, CancellationToken cancellationToken)
    {
        var draft = drafts.Of(track.LessonId);
        var target = draft.EncodedOf(track);
        if (!File.Exists(target))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await ffmpeg.RunAsync(ReplayArguments.Encode(path, track.Width, track.Height, target + ".new"), onProgress, cancellationToken);
            File.Move(target + ".new", target);
        }

        await draft.Turn.WaitAsync(cancellationToken);
        try
        {
            draft.Follow([track]);
            draft.Tracks.First(follower => follower.Track.Id == track.Id).TakePictures(target);
        }
        finally
        {
            draft.Turn.Release();
        }
    }

    private void Drop(Recording recording)
    {
        foreach (var track in recording.Tracks.Where(track => track.State == TrackState.Stored))
        {
            files.DropFromSpool(track);
        }

        drafts.Of(recording.LessonId).Drop(recording.Tracks);
        drafts.Forget(recording.LessonId);
    }

    private async Task<string?> CoverAsync(Recording recording, JobContext context, CancellationToken cancellationToken)
    {
        if (ReplayArguments.CoverTrack(recording.Tracks) is not { } track)
        {
            return null;
        }

        var picture = Path.Combine(context.WorkFolder, "cover.jpg");
        var source = await files.OpenAsync(track, context.WorkFolder, cancellationToken);
        await ffmpeg.RunAsync(ReplayArguments.Cover(source, track.DurationMs / 2000.0, picture), static _ => { }, cancellationToken);
        if (!File.Exists(picture))
        {
            return null;
        }

        return (await store.PutFileAsync($"recordings/{recording.LessonId}/cover.jpg", picture, cancellationToken)).Key;
    }
}
