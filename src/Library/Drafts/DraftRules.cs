using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Classroom.Library.Questions;

namespace Classroom.Library.Drafts;

/// <summary>What a draft may refer to: its recording's seats and length, existing chapters and knowledge points.</summary>
/// <param name="Seats">Seat references of the recording.</param>
/// <param name="Sounds">The same of those that can be heard.</param>
/// <param name="RecordingMs">Length of the recording.</param>
/// <param name="NodeExists">The chosen chapter exists, or none is chosen.</param>
/// <param name="UnknownPoints">Chosen knowledge points that do not exist.</param>
/// <param name="CoverExists">The picture chosen as cover was uploaded for this course, or none is chosen.</param>
internal sealed record DraftContext(
    IReadOnlySet<string> Seats, IReadOnlySet<string> Sounds, long RecordingMs, bool NodeExists, IReadOnlyList<string> UnknownPoints, bool CoverExists);

/// <summary>Checks a save and names every field that is not right. Clips stand in the order of the film, which need not be that of the lesson.</summary>
internal sealed class DraftRules(LibraryOptions options)
{
    public const int LongestTitle = 100;
    public const int LongestDescription = 4000;
    public const int LongestChapterTitle = 60;
    public const int MostPoints = 20;
    public const int MostClips = 200;
    public const int MostChapters = 100;

    public IReadOnlyList<ApiProblemField> Check(CourseSave save, DraftContext context)
    {
        var found = new List<ApiProblemField>();
        Require(found, save.Title.Trim().Length <= LongestTitle, "title", $"The title has at most {LongestTitle} characters.");
        Require(found, save.Description.Length <= LongestDescription, "description", $"The description has at most {LongestDescription} characters.");
        Require(found, Enum.IsDefined(save.Type), "type", "This type does not exist.");
        Require(found, context.NodeExists, "nodeId", "This chapter does not exist.");
        Require(found, context.UnknownPoints.Count == 0, "pointIds", "A knowledge point does not exist.");
        Require(found, save.PointIds.Length <= MostPoints, "pointIds", $"At most {MostPoints} knowledge points.");
        CheckEdit(found, save.Edit, context);
        EditRules.Check(found, save.Edit, context);
        CheckChapters(found, save.Chapters);
        CheckCues(found, save.Cues ?? [], context);
        FilmQuestionRules.Check(found, save.Questions ?? [], context.RecordingMs);
        return found;
    }

    private void CheckEdit(List<ApiProblemField> found, EditList edit, DraftContext context)
    {
        Require(found, edit.Clips.Count <= MostClips, "edit.clips", $"At most {MostClips} clips.");
        for (var i = 0; i < edit.Clips.Count; i++)
        {
            CheckClip(found, edit.Clips[i], $"edit.clips[{i}]", context);
        }

        // Only sane clips are added up: absurd ones would overflow the sum.
        var sane = edit.Clips.Take(MostClips).Where(clip => clip.InMs >= 0 && clip.OutMs <= context.RecordingMs);
        Require(
            found, sane.Sum(clip => clip.OutMs - clip.InMs) <= options.LongestCourseMinutes * 60_000L, "edit.clips",
            $"All clips together last at most {options.LongestCourseMinutes} minutes.");
    }

    private static void CheckClip(List<ApiProblemField> found, EditClip clip, string field, DraftContext context)
    {
        Require(found, clip.InMs >= 0, $"{field}.inMs", "A clip begins within the lesson.");
        Require(found, clip.InMs < clip.OutMs, $"{field}.outMs", "A clip ends after it begins.");
        Require(found, clip.OutMs <= context.RecordingMs, $"{field}.outMs", "A clip ends within the lesson.");
        Require(found, Enum.IsDefined(clip.Layout), $"{field}.layout", "This layout does not exist.");
        var (least, most) = EditLayouts.SeatsOf(clip.Layout);
        Require(found, clip.Seats.Count >= least && clip.Seats.Count <= most, $"{field}.seats", $"This layout shows {least} to {most} seat(s).");
        Require(found, clip.Seats.Distinct(StringComparer.Ordinal).Count() == clip.Seats.Count, $"{field}.seats", "A seat is shown once.");
        Require(found, clip.Seats.All(context.Seats.Contains), $"{field}.seats", "This seat was not recorded.");
    }

    // A chapter behind the end is kept: the film may grow again. Players do not show it.
    private static void CheckChapters(List<ApiProblemField> found, ChapterInfo[] chapters)
    {
        Require(found, chapters.Length <= MostChapters, "chapters", $"At most {MostChapters} chapters.");
        for (var i = 0; i < chapters.Length; i++)
        {
            var (chapter, field) = (chapters[i], $"chapters[{i}]");
            Require(found, chapter.AtMs >= 0, $"{field}.atMs", "A chapter begins within the film.");
            Require(found, i == 0 || chapter.AtMs >= chapters[i - 1].AtMs, $"{field}.atMs", "Chapters follow each other.");
            Require(found, chapter.Title.Trim().Length is > 0 and <= LongestChapterTitle, $"{field}.title", $"A chapter's title has 1 to {LongestChapterTitle} characters.");
        }
    }

    private static void CheckCues(List<ApiProblemField> found, CueInfo[] cues, DraftContext context)
    {
        Require(found, cues.Length <= WebVtt.MostCues, "cues", $"At most {WebVtt.MostCues} lines of captions.");
        for (var i = 0; i < Math.Min(cues.Length, WebVtt.MostCues); i++)
        {
            var (cue, field) = (cues[i], $"cues[{i}]");
            Require(found, cue.FromMs >= 0 && cue.FromMs < cue.ToMs && cue.ToMs <= context.RecordingMs, $"{field}.toMs", "A line begins and ends within the lesson.");
            Require(found, cue.Text.Trim().Length is > 0 and <= WebVtt.LongestText, $"{field}.text", $"A line has 1 to {WebVtt.LongestText} characters.");
        }
    }

    internal static void Require(List<ApiProblemField> found, bool holds, string field, string message)
    {
        if (!holds)
        {
            found.Add(new ApiProblemField(field, message));
        }
    }
}
