using Classroom.Data;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline;

/// <summary>Renders a micro-course's edit list to a film of its own, which is never changed afterwards.</summary>
internal sealed class RenderCourse(IClassroomDbFactory databases, IObjectStore store, TrackFiles files, FilmRenderer renderer, TimeProvider time) : IJobHandler
{
    public string Kind => JobKinds.RenderCourse;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var course = await BeginAsync(context.Job.SubjectId, cancellationToken);
        var edit = EditList.Parse(course.EditJson);
        context.Report(0, "fetch");
        var sources = await SourcesAsync(course, edit, context, cancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(context.WorkFolder, "film")).FullName;
        var film = await renderer.RenderAsync(edit, sources, folder, context.Report, cancellationToken);

        context.Report(0.95, "store");
        var rendition = new Rendition
        {
            MicroCourseId = course.Id,
            HlsKey = "",
            Mp4Key = "",
            CoverKey = "",
            StoryboardKey = "",
            StoryboardVttKey = "",
            DurationMs = film.DurationMs,
            Width = film.Top.Width,
            Height = film.Top.Height,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        await StoreAsync(folder, $"courses/{course.Id}/{rendition.Id}/", rendition, cancellationToken);
        await using var db = databases.Create();
        if (!await CourseRenders.FinishAsync(db, rendition, time.GetUtcNow().UtcDateTime, cancellationToken))
        {
            throw new PipelineException("The micro-course was changed while it was rendered.", retry: false);
        }
    }

    private async Task<MicroCourse> BeginAsync(string courseId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        if (!await CourseRenders.BeginAsync(db, courseId, cancellationToken))
        {
            throw new PipelineException("The micro-course does not exist, or may not be rendered in its state.", retry: false);
        }

        return await db.MicroCourses.AsNoTracking().SingleAsync(course => course.Id == courseId, cancellationToken);
    }

    private async Task<IReadOnlyList<RenderSource>> SourcesAsync(MicroCourse course, EditList edit, JobContext context, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var tracks = await db.RecordingTracks.AsNoTracking()
            .Where(track => track.LessonId == course.LessonId && (track.State == TrackState.Stored || track.State == TrackState.Captured))
            .ToListAsync(cancellationToken);
        var missing = edit.Clips.SelectMany(clip => clip.Seats).FirstOrDefault(seat => !tracks.Exists(track => SeatRefs.Of(track) == seat));
        if (missing is not null)
        {
            throw new PipelineException($"The recording has no seat {missing}.", retry: false);
        }

        var sources = new List<RenderSource>();
        foreach (var track in tracks.Where(track => edit.Clips.Any(clip => track.StartMs < clip.OutMs && track.StartMs + track.DurationMs > clip.InMs)))
        {
            var path = await files.OpenAsync(track, context.WorkFolder, cancellationToken);
            sources.Add(new RenderSource(path, SeatRefs.Of(track), track.StartMs, track.DurationMs, track.VideoCodec is not null, track.AudioCodec is not null, track.Height));
        }

        return sources;
    }

    private async Task StoreAsync(string folder, string prefix, Rendition rendition, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var key = prefix + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            rendition.Bytes += (await store.PutFileAsync(key, file, cancellationToken)).Length;
        }

        (rendition.HlsKey, rendition.Mp4Key, rendition.CoverKey) = (prefix + FilmFiles.Master, prefix + FilmFiles.Film, prefix + FilmFiles.Cover);
        (rendition.StoryboardKey, rendition.StoryboardVttKey) = (prefix + FilmFiles.Storyboard, prefix + FilmFiles.StoryboardVtt);
    }
}
