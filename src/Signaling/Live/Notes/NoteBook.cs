using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Observation;

namespace Classroom.Signaling.Live.Notes;

/// <summary>Observers' notes while the lesson runs.</summary>
internal sealed class NoteBook(ILessonFloor floor)
{
    private const int Most = 2_000;

    /// <param name="item">The rubric's item that the note names, read before; null: none.</param>
    public Task<Ack> WriteAsync(string who, string key, NoteDraft draft, RubricChoice? item) => floor.CommandAsync(who, key, person =>
    {
        floor.DemandPace(person);
        if (floor.State.Notes.Count >= Most)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        var now = floor.ClockNow;
        var at = draft.At is { } pinned && pinned <= now ? pinned : now;
        var note = NoteRules.Compose(draft, item, Ids.New(), floor.AttachmentOf(who)?.Grant.AccountId, person.Name, at) ?? throw new Refusal(Refusal.BadRequest);
        return floor.Emit(who, NoteEvents.Note, note, Audiences.Observers, key);
    });

    /// <summary>A note by HTTP, from somebody who watches the recording of a lesson that still runs.</summary>
    public Task AddFromOutsideAsync(string who, string kind, object body) => floor.AskAsync(() =>
        floor.State.Notes.Count < Most ? floor.Emit(who, kind, body, Audiences.Observers) : throw new Refusal(Refusal.BadRequest));

    /// <summary>The own ones only.</summary>
    public Task<Ack> RemoveAsync(string who, string key, string? noteId) => floor.CommandAsync(who, key, _ =>
        floor.State.Notes.IsOf(noteId ?? "", who, floor.AttachmentOf(who)?.Grant.AccountId)
            ? floor.Emit(who, NoteEvents.NoteGone, new NoteGoneBody(noteId!), Audiences.Observers, key)
            : throw new Refusal(Refusal.UnknownLine));
}
