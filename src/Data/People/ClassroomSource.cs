namespace Classroom.Data;

/// <summary>An appliance (录播主机) whose stream is one of a classroom's seats.</summary>
public sealed class ClassroomSource
{
    public required string ClassroomId { get; set; }
    public SeatKind Seat { get; set; }

    /// <summary>Where it offers its stream, encrypted: as a rule a password is part of it.</summary>
    public required string SealedAddress { get; set; }
}
