using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

// What the teacher does with the tablets.
internal sealed partial class ClassroomHub
{
    public Task<Ack> LockTablets(string key, bool locked) => Call(nameof(LockTablets), (room, me) => room.Tablets.LockAsync(me, key, locked));

    public Task<Ack> PushToTablets(string key, TabletPush push) => Call(nameof(PushToTablets), async (room, me) =>
        await room.Tablets.PushAsync(me, key, push, await documents.FindAsync(room.Id, push?.DocumentId, Context.ConnectionAborted)));

    public async Task<string> PushedFile(string documentId)
    {
        var (room, _) = Demand(nameof(PushedFile));
        return documentId is not null && await room.Tablets.IsPushedAsync(documentId) && await documents.FindAsync(room.Id, documentId, Context.ConnectionAborted) is { } document
            ? documents.Link(document)
            : throw new Refusal(Refusal.NotAllowed);
    }

    public Task<Ack> TabletLooks(string key, bool looking) => Call(nameof(TabletLooks), (room, me) => room.Tablets.LooksAsync(me, key, looking));
}
