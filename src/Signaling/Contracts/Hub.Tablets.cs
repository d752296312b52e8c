namespace Classroom.Signaling.Contracts;

/// <summary>What the teacher puts on the tablets.</summary>
/// <param name="What">"page": the page that the teacher shows; "document": a file or link of the lesson; "nothing": takes the last one away.</param>
public sealed record TabletPush(string What, string? DocumentId = null);

// What the teacher does with the tablets of the class.
public partial interface IClassroomHub
{
    /// <summary>"Eyes on me": tablets show only what the teacher puts there (teacher).</summary>
    Task<Ack> LockTablets(string key, bool locked);

    /// <summary>Puts a page or a document on every tablet (teacher).</summary>
    Task<Ack> PushToTablets(string key, TabletPush push);

    /// <summary>Where the document that is on the tablets now is fetched; the link expires.</summary>
    Task<string> PushedFile(string documentId);

    /// <summary>Whether the lesson is what the tablet's screen shows (student); only staff hear of it.</summary>
    Task<Ack> TabletLooks(string key, bool looking);
}
