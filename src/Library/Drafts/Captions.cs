using Classroom.Data;
using Classroom.Library.Contracts;

namespace Classroom.Library.Drafts;

/// <summary>Captions of a course: kept on the lesson clock, shown and exchanged on the film's.</summary>
internal sealed class Captions(CourseLoader loader, JobQueue jobs)
{
    public const int MostBytes = 1_000_000;

    private const int SomebodyWaits = 10;

    public static CueInfo[] OfFilm(MicroCourse course)
    {
        var edit = EditList.Parse(course.EditJson);
        return [.. DraftReader.Cues(course)
            .SelectMany(cue => FilmTimes.OfLesson(edit, cue.FromMs, cue.ToMs).Select(time => new CueInfo(time.FromMs, time.ToMs, cue.Text)))
            .OrderBy(cue => cue.FromMs)];
    }

    /// <summary>The captions as a file.</summary>
    public async Task<Reply<string>> WriteAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MaySeeDraft, cancellationToken);
        return found.Value is { } course ? WebVtt.Write(OfFilm(course).Select(cue => new VttCue(cue.FromMs, cue.ToMs, cue.Text))) : found.Problem!;
    }

    /// <summary>Has a program hear them; it says so when there is none.</summary>
    public async Task<Reply<RenderStarted>> RecogniseAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        return found.Value is null ? found.Problem! : new RenderStarted(await jobs.EnqueueAsync(JobKinds.RecogniseCourse, id, priority: SomebodyWaits, cancellationToken: cancellationToken));
    }

    /// <summary>What was heard last; nothing before.</summary>
    public async Task<Reply<CaptionsRead>> HeardAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MaySeeDraft, cancellationToken);
        return found.Value is { } course
            ? new CaptionsRead([.. (WebVtt.Parse(course.RecognisedVtt ?? "") ?? []).Select(cue => new CueInfo(cue.FromMs, cue.ToMs, cue.Text))], 0)
            : found.Problem!;
    }

    /// <summary>Reads a file of captions of the film; what becomes of them the editor decides.</summary>
    public async Task<Reply<CaptionsRead>> ReadAsync(string id, string file, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        if (WebVtt.Parse(file) is not { } cues)
        {
            return Problems.BadCaptions;
        }

        var edit = EditList.Parse(course.EditJson);
        var read = cues.Select(cue => FilmTimes.ToLesson(edit, cue.FromMs, cue.ToMs) is { } time ? new CueInfo(time.FromMs, time.ToMs, cue.Text) : null)
            .OfType<CueInfo>().ToArray();
        return new CaptionsRead(read, cues.Count - read.Length);
    }
}
