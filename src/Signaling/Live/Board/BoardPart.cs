using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Board;

/// <summary>Slides, whiteboard and ink of a lesson: which page everyone sees, and who may draw. Drawing itself is in BoardPart.Ink.cs.</summary>
internal sealed partial class BoardPart(ILessonFloor floor, DocumentSource documents) : ILessonPart
{
    private BoardState State => floor.State.Board;

    public async Task<Ack> ShowAsync(string who, string? key, string? name)
    {
        var surface = Surface.Parse(name);
        // A subgroup's whiteboard is its own: it is never shown to all.
        if (name is not null && (surface is null || surface.Group is not null))
        {
            throw new Refusal(Refusal.UnknownSurface);
        }

        var opening = surface?.DocumentId is { } id ? await FindUnopenedAsync(id) : null;
        return await floor.CommandAsync(who, key, person =>
        {
            floor.DemandLead(person);

            // Beside other commands it may have been opened meanwhile.
            if (opening is not null && !State.Documents.ContainsKey(opening.DocumentId))
            {
                floor.Emit(who, BoardEvents.Open, opening);
            }

            if (surface is not null && !State.Has(surface))
            {
                throw new Refusal(Refusal.UnknownSurface);
            }

            return State.Shown == name ? floor.LastSeq : floor.Emit(who, BoardEvents.Show, new SurfaceShowBody(name), key: key);
        });
    }

    public Task<Ack> LetBrowseAsync(string who, string? key, bool allowed) => floor.CommandAsync(who, key, _ =>
        State.IsFree == allowed ? floor.LastSeq : floor.Emit(who, BoardEvents.Free, new SlidesFreeBody(allowed), key: key));

    public Task<Ack> GivePenAsync(string who, string? key, string participantId, bool allowed) => floor.CommandAsync(who, key, _ =>
    {
        if (floor.DemandHere(participantId ?? "").Role != LessonRole.Student)
        {
            throw new Refusal(Refusal.NotAllowed);
        }

        return State.Pens.Contains(participantId!) == allowed ? floor.LastSeq : floor.Emit(who, BoardEvents.Pen, new InkPenBody(participantId!, allowed), key: key);
    });

    public Task<Ack> ShareInkAsync(string who, string? key, string? participantId, string? surface) => floor.CommandAsync(who, key, person =>
    {
        if (participantId is null)
        {
            return State.Shared is null ? floor.LastSeq : floor.Emit(who, BoardEvents.Unshare, new InkUnshareBody(), key: key);
        }

        var page = DemandSurface(person, surface);
        if (page.Group is not null)
        {
            throw new Refusal(Refusal.UnknownSurface);
        }

        var layer = new InkLayer(page.ToString(), floor.DemandHere(participantId).Id);
        StrokeBody[] strokes = [.. State.StrokesOn(layer).Select(stroke => stroke.Body)];
        return floor.Emit(who, BoardEvents.Share, new InkShareBody(participantId, layer.Surface, strokes), key: key);
    });

    /// <summary>Only who is in the lesson, and only what it has shown; a teacher prepares the next one meanwhile.</summary>
    public async Task<DocumentLink> LinkAsync(string who, string? documentId)
    {
        var id = documentId ?? "";
        var (isOpen, isTeacher) = await floor.AskAsync(() => (State.Documents.ContainsKey(id), floor.DemandHere(who).Role == LessonRole.Teacher));
        if (!isOpen && !(isTeacher && await documents.FindSlidesAsync(floor.Lesson.Id, id, CancellationToken.None) is not null))
        {
            throw new Refusal(Refusal.UnknownSurface);
        }

        return documents.Link(floor.Lesson.Id, id);
    }

    /// <summary>Forgets the pace of those who are gone.</summary>
    public void Tick()
    {
        foreach (var id in _paces.Keys.Where(id => !floor.State.People.ContainsKey(id)).ToList())
        {
            _paces.Remove(id);
        }
    }

    private async Task<SlidesOpenBody?> FindUnopenedAsync(string documentId) =>
        await floor.AskAsync(() => State.Documents.ContainsKey(documentId))
            ? null
            : await documents.FindSlidesAsync(floor.Lesson.Id, documentId, CancellationToken.None) ?? throw new Refusal(Refusal.UnknownSurface);

    private Surface DemandSurface(Person person, string? name) =>
        Surface.Parse(name) is { } surface && State.Has(surface) && floor.State.Groups.MaySee(person, name!) ? surface : throw new Refusal(Refusal.UnknownSurface);
}
