namespace Classroom.Signaling.Live.Tablets;

/// <summary>What the teacher has put on the tablets, and which of them show something else.</summary>
internal sealed class TabletsState : ILessonFold
{
    private readonly HashSet<string> _elsewhere = [];

    /// <summary>Tablets show only what the teacher puts there.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>The document that is on all tablets; null: none.</summary>
    public string? DocumentId { get; private set; }

    public bool IsElsewhere(string participantId) => _elsewhere.Contains(participantId);

    public void Apply(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case TabletsLockBody tablets:
                IsLocked = tablets.Locked;
                break;
            case PushBody push:
                DocumentId = push.DocumentId;
                break;
            case TabletLooksBody looks:
                _ = looks.Looking ? _elsewhere.Remove(looks.ParticipantId) : _elsewhere.Add(looks.ParticipantId);
                break;
            case LeaveBody leave:
                _elsewhere.Remove(leave.ParticipantId);
                break;
        }
    }
}
