using Classroom.Data;

namespace Classroom.Signaling.Sources;

/// <summary>A seat of a classroom.</summary>
internal sealed record SourceKey(string ClassroomId, SeatKind Seat);

/// <summary>A lesson wants an appliance's stream as one of its seats.</summary>
/// <param name="Name">Under which it is in the lesson.</param>
internal sealed record SourceOrder(SourceKey Key, string LessonId, SourceAddress Address, string Name)
{
    /// <summary>The same as long as the seat is: who comes back takes its place.</summary>
    public string ParticipantId => $"source-{Key.ClassroomId}-{Key.Seat}";
}
