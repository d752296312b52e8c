namespace Classroom.Signaling.Live.Notes;

/// <summary>What observers write down. For observers only while the lesson runs; see <see cref="Audiences.Observers"/>.</summary>
internal static class NoteEvents
{
    public const string Note = "note";
    public const string NoteGone = "note.gone";

    public static IReadOnlyDictionary<string, Type> Bodies { get; } = new Dictionary<string, Type>
    {
        [Note] = typeof(NoteBody),
        [NoteGone] = typeof(NoteGoneBody),
    };
}

/// <param name="NoteId">Given by the server.</param>
/// <param name="AccountId">Who wrote it; null for an observer without an account.</param>
/// <param name="At">The moment on the lesson clock to which it is pinned; the event itself may be later, for a note on the replay.</param>
/// <param name="ItemId">Item of the rubric; null: a note about nothing in particular.</param>
/// <param name="Item">The item's words at that time, since rubrics are edited.</param>
internal sealed record NoteBody(string NoteId, string? AccountId, string Name, long At, string? RubricId, string? ItemId, string? Group, string? Item, int? Score, int? MaxScore, string Text);

internal sealed record NoteGoneBody(string NoteId);
