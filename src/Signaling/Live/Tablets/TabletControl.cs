using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Tablets;

/// <summary>The teacher's hand on the tablets: "eyes on me", and what is put on all of them.</summary>
internal sealed class TabletControl(ILessonFloor floor)
{
    private TabletsState State => floor.State.Tablets;

    public Task<Ack> LockAsync(string who, string key, bool locked) => floor.CommandAsync(who, key, _ =>
        State.IsLocked == locked ? floor.LastSeq : floor.Emit(who, TabletEvents.Lock, new TabletsLockBody(locked), key: key));

    /// <param name="document">Of this lesson; null where none was found.</param>
    public Task<Ack> PushAsync(string who, string key, TabletPush? push, LessonDocument? document) => floor.CommandAsync(who, key, _ =>
    {
        var body = (push?.What, document) switch
        {
            ("page" or "nothing", _) => new PushBody(push.What, null, null, null),
            ("document", { }) => new PushBody(push.What, document.Id, document.Title, document.Kind == DocumentKind.Link ? document.Url : null),
            _ => throw new Refusal(Refusal.BadRequest),
        };
        return floor.Emit(who, TabletEvents.Push, body, key: key);
    });

    public Task<bool> IsPushedAsync(string documentId) => floor.AskAsync(() => State.DocumentId == documentId);

    public Task<Ack> LooksAsync(string who, string key, bool looking) => floor.CommandAsync(who, key, person =>
    {
        if (State.IsElsewhere(who) == !looking)
        {
            return floor.LastSeq;
        }

        floor.DemandPace(person);
        return floor.Emit(who, TabletEvents.Looks, new TabletLooksBody(who, looking), TimelineEntry.Staff, key);
    });

    /// <summary>Which names are taken in which classroom, for the list of seats.</summary>
    public Task<HashSet<(string? ClassroomId, string Name)>> NamesHereAsync() => floor.AskAsync(() =>
        floor.State.People.Values.Where(person => person.Role == LessonRole.Student).Select(person => (person.ClassroomId, person.Name)).ToHashSet());
}
