using Classroom.Data;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Pipeline;

/// <summary>After the bell: every captured file becomes HLS for replay and goes to the store; then the recording is Ready. What is done is not done again.</summary>
internal sealed class FinishRecording(IClassroomDbFactory databases, IObjectStore store, TrackFiles files, FfmpegRunner ffmpeg, MediaProbe probe) : IJobHandler
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
                await FinishAsync(track, context, reached => context.Report((done + reached.TotalMilliseconds) / total * 0.95, "replay"), cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                files.DropFromSpool(track);
            }

            done += track.DurationMs;
        }

        context.Report(0.96, "cover");
        recording.CoverKey ??= await CoverAsync(recording, context, cancellationToken);
        recording.DurationMs = recording.Tracks.Select(track => track.StartMs + track.DurationMs).DefaultIfEmpty(0).Max();
        recording.State = RecordingState.Ready;
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task FinishAsync(RecordingTrack track, JobContext context, Action<TimeSpan> onProgress, CancellationToken cancellationToken)
    {
        var path = files.InSpool(track) ?? throw new PipelineException($"The spool file of {track.Group} is not on this machine.", retry: true);
        if (MatroskaFinisher.Finish(path) is null)
        {
            track.State = TrackState.Lost;
            return;
        }

        var media = await probe.ReadAsync(path, cancellationToken);
        var sizes = PictureSizes.Read(path, track.VideoCodec);
        (track.Width, track.Height) = (Math.Max(track.Width, sizes.Width), Math.Max(track.Height, sizes.Height));
        var folder = Directory.CreateDirectory(Path.Combine(context.WorkFolder, track.Id)).FullName;
        await ffmpeg.RunAsync(ReplayArguments.Hls(path, media, sizes, folder), onProgress, cancellationToken);

        var prefix = $"recordings/{track.LessonId}/{track.Id}/";
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            await store.PutFileAsync(prefix + Path.GetFileName(file), file, cancellationToken);
        }

        var receipt = await store.PutFileAsync(prefix + "capture.mkv", path, cancellationToken);
        Directory.Delete(folder, recursive: true);
        (track.ObjectKey, track.PlaylistKey, track.State) = (receipt.Key, prefix + ReplayArguments.Playlist, TrackState.Stored);
        (track.Bytes, track.Sha256) = (receipt.Length, receipt.Sha256);
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
