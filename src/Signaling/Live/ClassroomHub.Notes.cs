using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

internal sealed partial class ClassroomHub
{
    public Task<Ack> Note(string key, NoteDraft note) => Call(nameof(Note), async (room, me) =>
    {
        if (note is null)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        return await room.Notes.WriteAsync(me, key, note, await rubrics.ChooseAsync(note, Context.ConnectionAborted));
    });

    public Task<Ack> RemoveNote(string key, string noteId) => Call(nameof(RemoveNote), (room, me) => room.Notes.RemoveAsync(me, key, noteId));
}
