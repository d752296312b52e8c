namespace Classroom.Signaling.Live.Tablets;

/// <summary>The events of what the teacher does with the tablets.</summary>
internal static class TabletEvents
{
    public const string Lock = "tablets.lock";
    public const string Push = "push";
    public const string Looks = "tablet.looks";

    public static IReadOnlyDictionary<string, Type> Bodies { get; } = new Dictionary<string, Type>
    {
        [Lock] = typeof(TabletsLockBody),
        [Push] = typeof(PushBody),
        [Looks] = typeof(TabletLooksBody),
    };
}

internal sealed record TabletsLockBody(bool Locked);

/// <param name="What">page, document or nothing.</param>
/// <param name="Url">Where a link goes; a file is fetched by a link of its own, which expires.</param>
internal sealed record PushBody(string What, string? DocumentId, string? Title, string? Url);

/// <param name="Looking">False: the lesson is not what the tablet shows.</param>
internal sealed record TabletLooksBody(string ParticipantId, bool Looking);
