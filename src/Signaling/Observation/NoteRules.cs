using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Notes;

namespace Classroom.Signaling.Observation;

/// <summary>What makes a note.</summary>
internal static class NoteRules
{
    private const int LongestText = 500;

    /// <summary>Null when the draft says nothing, or something that its item does not allow.</summary>
    public static NoteBody? Compose(NoteDraft draft, RubricChoice? choice, string id, string? accountId, string name, long at)
    {
        var text = new string([.. (draft.Text ?? "").Where(c => c == '\n' || !char.IsControl(c))]).Trim();
        var isScoreGood = draft.Score is not { } score || (choice is not null && score >= 1 && score <= choice.Item.MaxScore);
        if (text.Length > LongestText || !isScoreGood || (choice is null && text.Length == 0))
        {
            return null;
        }

        return new NoteBody(id, accountId, name, at, choice?.RubricId, choice?.Item.Id, choice?.Group, choice?.Item.Text, draft.Score, choice is { Item.MaxScore: > 0 } ? choice.Item.MaxScore : null, text);
    }
}
