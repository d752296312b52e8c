using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Uploads;

/// <summary>
/// Makes a recording of a film that was brought in: looked at first, then brought into the form in which lessons are captured, with a
/// lesson of its own and one seat. From there on it goes the way of every recording.
/// </summary>
internal sealed class IngestFile(IClassroomDbFactory databases, UploadFiles uploads, MediaProbe probe, FfmpegRunner ffmpeg, JobQueue queue, IOptions<RecorderOptions> options) : IJobHandler
{
    /// <summary>Name of its only seat.</summary>
    public const string Seat = "file";
    private const double LongestSeconds = 12 * 3600;
    private const int LongestSide = 8192;

    private readonly string _spool = Path.GetFullPath(options.Value.SpoolFolder);

    public string Kind => JobKinds.IngestFile;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var id = context.Job.SubjectId;
        await using var db = databases.Create();
        var upload = await db.MediaUploads.FirstOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new PipelineException("There is no such upload.", retry: false);
        if (upload.State is UploadState.Done)
        {
            uploads.Delete(id); // The worker was killed after the last step.
            return;
        }

        try
        {
            var track = await ReadInAsync(upload, context, cancellationToken);
            AddRows(db, upload, track);
            await db.SaveChangesAsync(cancellationToken);
            queue.Announce();
            uploads.Delete(id);
        }
        catch (PipelineException refused) when (!refused.Retry)
        {
            (upload.State, upload.Error) = (UploadState.Failed, refused.Code is "broken_file" ? "broken_film" : refused.Code ?? "ingest_failed");
            await db.SaveChangesAsync(cancellationToken);
            uploads.Delete(id);
            throw;
        }
    }

    private async Task<RecordingTrack> ReadInAsync(MediaUpload upload, JobContext context, CancellationToken cancellationToken)
    {
        var source = uploads.PathOf(upload.Id);
        if (!File.Exists(source))
        {
            throw new PipelineException("The uploaded file is on another machine, or gone.", retry: true, code: "source_missing");
        }

        context.Report(0, "probe");
        var media = await probe.ReadAsync(source, cancellationToken);
        Demand(media);
        var file = Path.Combine(upload.Id, upload.Id + ".mkv");
        var target = Path.Combine(_spool, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!File.Exists(target))
        {
            var made = Path.Combine(context.WorkFolder, "film.mkv");
            await ffmpeg.RunAsync(IngestArguments.Of(media, source, made), at => context.Report(Math.Min(1, at.TotalSeconds / media.Seconds), "ingest"), cancellationToken);
            File.Move(made, target);
        }

        var result = await probe.ReadAsync(target, cancellationToken);
        return new RecordingTrack
        {
            Id = upload.Id,
            LessonId = upload.Id,
            ParticipantId = Seat,
            Group = Seat,
            VideoCodec = result.VideoCodec is null ? null : "H264",
            AudioCodec = result.AudioCodec is null ? null : "opus",
            Width = result.Width,
            Height = result.Height,
            DurationMs = (long)(result.Seconds * 1000),
            Bytes = new FileInfo(target).Length,
            State = TrackState.Captured,
            SpoolFile = file,
        };
    }

    private static void Demand(MediaInfo media)
    {
        // A picture is "a film of one frame" to FFprobe, without a length; so is a film whose end never came.
        if (media.Seconds <= 0 || media.Width > LongestSide || media.Height > LongestSide)
        {
            throw new PipelineException("This file is not a film, or it is cut off.", retry: false, code: "broken_file");
        }

        if (media.Seconds > LongestSeconds)
        {
            throw new PipelineException("A film may last twelve hours.", retry: false, code: "film_too_long");
        }
    }

    // One commit: the lesson, its recording and the work that follows are there together, or not at all.
    private void AddRows(ClassroomDb db, MediaUpload upload, RecordingTrack track)
    {
        var end = upload.RecordedAt.AddMilliseconds(track.DurationMs);
        db.Lessons.Add(new Lesson
        {
            Id = upload.Id,
            Title = upload.Title,
            State = LessonState.Ended,
            PlannedStart = upload.RecordedAt,
            PlannedEnd = end,
            StartedAt = upload.RecordedAt,
            EndedAt = end,
            TeacherAccountId = upload.AccountId,
        });
        db.Recordings.Add(new Recording { LessonId = upload.Id, State = RecordingState.Finishing, StartedAt = upload.RecordedAt, DurationMs = track.DurationMs, Tracks = [track] });
        db.Jobs.Add(queue.NewJob(JobKinds.DraftFilm, upload.Id, priority: 5));
        upload.State = UploadState.Done;
    }
}
