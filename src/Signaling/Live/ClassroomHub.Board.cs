using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

// Slides, whiteboard and ink.
internal sealed partial class ClassroomHub
{
    public Task<Ack> ShowSurface(string key, string? surface) => Call(nameof(ShowSurface), (room, me) => room.Board.ShowAsync(me, key, surface));

    public Task<Ack> LetBrowse(string key, bool allowed) => Call(nameof(LetBrowse), (room, me) => room.Board.LetBrowseAsync(me, key, allowed));

    public Task<Ack> Draw(string key, StrokeInput[] strokes) => Call(nameof(Draw), (room, me) => room.Board.DrawAsync(me, key, strokes));

    public Task<Ack> Erase(string key, string[] strokeIds) => Call(nameof(Erase), (room, me) => room.Board.EraseAsync(me, key, strokeIds));

    public Task<Ack> Restore(string key, string[] strokeIds) => Call(nameof(Restore), (room, me) => room.Board.RestoreAsync(me, key, strokeIds));

    public Task<Ack> ClearSurface(string key, string surface) => Call(nameof(ClearSurface), (room, me) => room.Board.ClearAsync(me, key, surface));

    public Task<Ack> GivePen(string key, string participantId, bool allowed) => Call(nameof(GivePen), (room, me) => room.Board.GivePenAsync(me, key, participantId, allowed));

    public Task<Ack> ShareInk(string key, string? participantId, string? surface) => Call(nameof(ShareInk), (room, me) => room.Board.ShareInkAsync(me, key, participantId, surface));

    public Task Pass(PassingInk ink)
    {
        var (room, me) = Demand(nameof(Pass));
        return room.Board.PassAsync(me, ink);
    }

    public Task<DocumentLink> LinkDocument(string documentId)
    {
        var (room, me) = Demand(nameof(LinkDocument));
        return room.Board.LinkAsync(me, documentId);
    }
}
