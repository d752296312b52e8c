using Classroom.Data;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Renders a micro-course's edit list to a film of its own, which is never changed afterwards.</summary>
internal sealed class RenderCourse(IClassroomDbFactory databases, IObjectStore store, CourseSources sources, FilmRenderer renderer, CardWordsReader words, TimeProvider time) : IJobHandler
{
    public string Kind => JobKinds.RenderCourse;

    /// <summary>A film has the number of its job: who takes over from a killed worker writes over what that one had stored, and has nothing left to do when it was killed at the very end.</summary>
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        if (!await db.Renditions.AnyAsync(film => film.Id == context.Job.Id, cancellationToken))
        {
            await RenderAsync(context, cancellationToken);
        }
    }

    public async Task<RenderedFilm> RenderAsync(JobContext context, CancellationToken cancellationToken)
    {
        var course = await BeginAsync(context.Job.SubjectId, cancellationToken);
        var edit = EditList.Parse(course.EditJson);
        context.Report(0, "fetch");
        var order = new FilmOrder(
            edit, await words.ReadAsync(course, cancellationToken), await sources.OpenAsync(course, edit, context.WorkFolder, cancellationToken),
            await CoverAsync(course, edit, context, cancellationToken));
        var folder = Directory.CreateDirectory(Path.Combine(context.WorkFolder, "film")).FullName;
        var film = await renderer.RenderAsync(order, new PieceStore(store, course.Id, context.WorkFolder), folder, context.Report, cancellationToken);

        context.Report(0.95, "store");
        var rendition = new Rendition
        {
            Id = context.Job.Id,
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
            throw new PipelineException("The micro-course was changed while it was rendered.", retry: false, code: "course_changed");
        }

        return film;
    }

    private async Task<MicroCourse> BeginAsync(string courseId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        if (!await CourseRenders.BeginAsync(db, courseId, cancellationToken))
        {
            throw new PipelineException("The micro-course does not exist, or may not be rendered in its state.", retry: false, code: "course_changed");
        }

        return await db.MicroCourses.AsNoTracking().SingleAsync(course => course.Id == courseId, cancellationToken);
    }

    private async Task<string?> CoverAsync(MicroCourse course, EditList edit, JobContext context, CancellationToken cancellationToken)
    {
        if (edit.Cover?.File is not { } file)
        {
            return null;
        }

        var path = Path.Combine(context.WorkFolder, file);
        await using var source = await store.OpenReadAsync(CourseCovers.KeyOf(course.Id, file), 0, null, cancellationToken)
            ?? throw new PipelineException("The picture of the cover is gone. Choose another one.", retry: false, code: "cover_missing");
        await using var target = File.Create(path);
        await source.CopyToAsync(target, cancellationToken);
        return path;
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
