using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

/// <summary>
/// What a part of a lesson (board, questions, talk …) needs of the room it belongs to. Everything in it runs on the room's reader,
/// so a part holds no lock; what it emits is committed before anybody is told.
/// </summary>
internal interface ILessonFloor
{
    /// <summary>The lesson's row. Changed by <see cref="Change"/> only.</summary>
    Lesson Lesson { get; }

    /// <summary>The fold over the timeline. Another object after a commit that failed: never kept.</summary>
    LiveState State { get; }

    /// <summary>What the plan says of the lesson: knowledge points.</summary>
    LessonInfoSource Info { get; }

    DateTimeOffset Now { get; }

    /// <summary>Milliseconds on the lesson clock.</summary>
    long ClockNow { get; }

    /// <summary>The last event's number, which a command that changes nothing answers with.</summary>
    long LastSeq { get; }

    IMediaServer Media { get; }

    /// <summary>Who has a connection, or whose place is kept.</summary>
    IReadOnlyCollection<Attachment> Attached { get; }

    /// <summary>A command by its idempotency key: done once, answered every time. Refused when the lesson is over or the caller is not in it.</summary>
    Task<Ack> CommandAsync(string who, string? key, Func<Person, long> act);

    /// <summary>Runs on the room's reader; answered after the commit.</summary>
    Task<T> AskAsync<T>(Func<T> act);

    /// <returns>The event's number.</returns>
    long Emit(string who, string kind, object body, string audience = TimelineEntry.All, string? key = null);

    /// <summary>Changes the lesson's row with this batch.</summary>
    void Change(Action<Lesson> change);

    /// <summary>Runs after the commit, before pages are told; a failure is logged.</summary>
    void After(Func<Task> effect);

    /// <summary>Someone in the lesson, or a refusal.</summary>
    Person DemandHere(string participantId);

    /// <summary>Refuses who does not lead the lesson: the teachers always do, and whoever was handed the lead.</summary>
    void DemandLead(Person person);

    /// <summary>The connection of someone, or their kept place; null: neither.</summary>
    Attachment? AttachmentOf(string participantId);

    /// <summary>Refuses who does too much in too short a time.</summary>
    void DemandPace(Person person);
}

/// <summary>A part of a lesson that has something to do as time passes.</summary>
internal interface ILessonPart
{
    /// <summary>Once a second, while the lesson is not over.</summary>
    void Tick();
}

/// <summary>A part of a lesson's state: a fold over its timeline, and nothing else.</summary>
internal interface ILessonFold
{
    void Apply(TimelineEntry entry, object body);

    /// <summary>What this event told has no trace left: those who come later do without it.</summary>
    bool IsPast(long seq) => false;
}
