namespace Classroom.Signaling.Contracts;

public partial interface IClassroomHub
{
    /// <summary>A note pinned to a moment of the lesson (observer). Other observers see it now, the teacher after the lesson.</summary>
    Task<Ack> Note(string key, NoteDraft note);

    /// <summary>Takes back an own note (observer).</summary>
    Task<Ack> RemoveNote(string key, string noteId);
}

/// <param name="RubricId">With the item's id, where the note is about an item.</param>
/// <param name="Score">1 to the item's highest score; null: none given.</param>
/// <param name="Text">At most 500 characters; may be empty where there is an item.</param>
/// <param name="At">Milliseconds on the lesson clock; null: now.</param>
public sealed record NoteDraft(string? RubricId, string? ItemId, int? Score, string Text, long? At);
