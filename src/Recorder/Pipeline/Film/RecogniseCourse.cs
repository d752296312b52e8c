using Classroom.Data;
using Classroom.Recorder.Documents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Has a program hear what is said in the clips of a course. What it heard is kept beside the captions; the editor decides.</summary>
internal sealed class RecogniseCourse(
    IClassroomDbFactory databases, CourseSources sources, FfmpegRunner ffmpeg, IOptions<RecorderOptions> options, TimeProvider time) : IJobHandler
{
    private const int MostText = 4_000;

    /// <summary>A recogniser on a slow machine takes several times as long as the talk.</summary>
    private const int TimesTheTalk = 10;
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(2);

    public string Kind => JobKinds.RecogniseCourse;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var program = options.Value.Recogniser ?? throw new PipelineException("No program that hears captions is configured.", retry: false, code: "no_recogniser");
        var course = await FindAsync(context.Job.SubjectId, cancellationToken);
        var edit = EditList.Parse(course.EditJson);
        var files = await sources.OpenAsync(course, edit, context.WorkFolder, cancellationToken);
        var heard = new List<VttCue>();
        for (var i = 0; i < edit.Clips.Count; i++)
        {
            context.Report((double)i / edit.Clips.Count, "recognise");
            var clip = edit.Clips[i];
            var piece = new SoundPiece(clip.InMs, FilmClock.FrameAt(clip.OutMs - clip.InMs));
            heard.AddRange(await HearAsync(program, SoundGraph.Build(piece, files, edit.Mutes), clip, context.WorkFolder, cancellationToken));
        }

        await using var db = databases.Create();
        var vtt = WebVtt.Write(heard.OrderBy(cue => cue.FromMs).Take(WebVtt.MostCues));
        await db.MicroCourses.Where(row => row.Id == course.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.RecognisedVtt, vtt), cancellationToken);
    }

    private async Task<IEnumerable<VttCue>> HearAsync(string program, SoundGraph sound, EditClip clip, string folder, CancellationToken cancellationToken)
    {
        var (wav, vtt) = (Path.Combine(folder, "talk.wav"), Path.Combine(folder, "talk.vtt"));
        File.Delete(vtt);
        await ffmpeg.RunAsync([.. sound.Inputs, "-filter_complex", sound.Filters, "-map", "[sound]", "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", wav], static _ => { }, cancellationToken);
        var limit = Start + (TimesTheTalk * TimeSpan.FromMilliseconds(clip.OutMs - clip.InMs));
        try
        {
            var run = await BoundedProgram.RunAsync(program, [wav, vtt], limit, MostText, time, cancellationToken);
            var cues = run.ExitCode == 0 && File.Exists(vtt) ? WebVtt.Parse(await File.ReadAllTextAsync(vtt, cancellationToken)) : null;
            return cues?.Where(cue => cue.FromMs < clip.OutMs - clip.InMs).Select(cue => new VttCue(clip.InMs + cue.FromMs, Math.Min(clip.OutMs, clip.InMs + cue.ToMs), cue.Text))
                ?? throw new PipelineException($"The recogniser gave no captions (code {run.ExitCode}): {run.Errors}", retry: false, code: "recogniser_failed");
        }
        catch (TimeoutException slow)
        {
            throw new PipelineException(slow.Message, retry: false, slow, "recogniser_failed");
        }
    }

    private async Task<MicroCourse> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.MicroCourses.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new PipelineException("The micro-course is gone.", retry: false, code: "course_changed");
    }
}
