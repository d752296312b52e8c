namespace Classroom.Signaling.Live.Notes;

/// <summary>The notes that stand: who wrote which.</summary>
internal sealed class NoteState : ILessonFold
{
    private readonly Dictionary<string, (string Who, NoteBody Note)> _notes = [];

    public int Count => _notes.Count;

    public bool IsOf(string noteId, string participantId, string? accountId) =>
        _notes.TryGetValue(noteId, out var found) && (found.Who == participantId || (accountId is not null && found.Note.AccountId == accountId));

    public void Apply(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case NoteBody note:
                _notes[note.NoteId] = (entry.Who, note);
                break;
            case NoteGoneBody gone:
                _notes.Remove(gone.NoteId);
                break;
        }
    }
}
