using Classroom.Data;
using Classroom.Data.Http;
using static Classroom.Library.Drafts.DraftRules;

namespace Classroom.Library.Drafts;

/// <summary>Checks what stands around and over the clips: cards, blurs, mutes, the cover.</summary>
internal static class EditRules
{
    public const int ShortestCardMs = 500;
    public const int LongestCardMs = 60_000;
    public const int LongestCardText = 60;
    public const int MostBlurs = 50;
    public const int MostMutes = 100;

    /// <summary>A blur smaller than this hides nothing.</summary>
    private const double SmallestBlur = 0.01;

    public static void Check(List<ApiProblemField> found, EditList edit, DraftContext context)
    {
        CheckCard(found, edit.Opening, "edit.opening");
        CheckCard(found, edit.Closing, "edit.closing");
        Require(found, edit.Blurs.Count <= MostBlurs, "edit.blurs", $"At most {MostBlurs} blurred places.");
        Each(edit.Blurs, MostBlurs, (blur, i) => CheckBlur(found, blur, $"edit.blurs[{i}]", context));
        Require(found, edit.Mutes.Count <= MostMutes, "edit.mutes", $"At most {MostMutes} muted times.");
        Each(edit.Mutes, MostMutes, (mute, i) => CheckMute(found, mute, $"edit.mutes[{i}]", context));
        Require(found, edit.Cover is null or { AtMs: >= 0 }, "edit.cover", "The cover is a moment of the film.");
        Require(found, context.CoverExists, "edit.cover", "This picture was not uploaded.");
    }

    private static void CheckCard(List<ApiProblemField> found, EditCard? card, string field)
    {
        if (card is null)
        {
            return;
        }

        Require(found, Enum.IsDefined(card.Style), $"{field}.style", "This look does not exist.");
        Require(found, card.LengthMs is >= ShortestCardMs and <= LongestCardMs, $"{field}.lengthMs", $"A card stands for {ShortestCardMs / 1000.0} to {LongestCardMs / 1000} seconds.");
        Require(found, card.Text.Length <= LongestCardText, $"{field}.text", $"A card's own line has at most {LongestCardText} characters.");
    }

    private static void CheckBlur(List<ApiProblemField> found, EditBlur blur, string field, DraftContext context)
    {
        CheckTime(found, blur.FromMs, blur.ToMs, field, context);
        Require(found, context.Seats.Contains(blur.Seat), $"{field}.seat", "This seat was not recorded.");
        Require(found, IsWithin(blur.X, blur.Width) && IsWithin(blur.Y, blur.Height), $"{field}.place", "A blurred place lies within the picture.");
    }

    private static void CheckMute(List<ApiProblemField> found, EditMute mute, string field, DraftContext context)
    {
        CheckTime(found, mute.FromMs, mute.ToMs, field, context);
        Require(found, mute.Seat is null || context.Sounds.Contains(mute.Seat), $"{field}.seat", "This seat was not recorded.");
    }

    private static void CheckTime(List<ApiProblemField> found, long fromMs, long toMs, string field, DraftContext context) =>
        Require(found, fromMs >= 0 && fromMs < toMs && toMs <= context.RecordingMs, $"{field}.toMs", "It begins and ends within the lesson.");

    // Not-a-number is never within anything.
    private static bool IsWithin(double start, double size) => start >= 0 && size >= SmallestBlur && start + size <= 1.0001;

    private static void Each<T>(IReadOnlyList<T> items, int most, Action<T, int> check)
    {
        for (var i = 0; i < Math.Min(items.Count, most); i++)
        {
            check(items[i], i);
        }
    }
}
