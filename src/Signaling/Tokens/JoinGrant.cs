using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tokens;

/// <summary>What a join token allows: a role in a lesson, perhaps as a classroom's device and under a fixed name.</summary>
/// <param name="LessonId">The lesson; "*" means any (publisher tokens of benchmarks and appliances).</param>
/// <param name="ParticipantId">Set for classroom stations: a device that comes back takes its place.</param>
/// <param name="AccountId">The account behind it; its name cannot be changed by the page.</param>
/// <param name="TokenId">Tells tokens apart, so that one can be banned.</param>
/// <param name="PupilId">The child on a roster that it is: names alone may be in two classes.</param>
public sealed record JoinGrant(
    string LessonId,
    LessonRole Role,
    string? ClassroomId = null,
    string? ParticipantId = null,
    string? Name = null,
    string? AccountId = null,
    string TokenId = "",
    string? PupilId = null)
{
    /// <summary>The lesson id that stands for every lesson.</summary>
    public const string AnyLesson = "*";

    public bool Allows(string lessonId) => LessonId == AnyLesson || LessonId == lessonId;
}
