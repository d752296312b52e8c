using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Picture;

// How the pictures lie, and what a lesson and its lines allow. The body of "settings" is LessonSettings itself.
internal static class PictureEvents
{
    public const string Settings = "settings";
    public const string Layout = "layout";
    public const string Budget = "budget";
    public const string Line = "line";

    public static IReadOnlyDictionary<string, Type> Bodies { get; } = new Dictionary<string, Type>
    {
        [Settings] = typeof(LessonSettings),
        [Layout] = typeof(LayoutBody),
        [Budget] = typeof(BudgetBody),
        [Line] = typeof(LineBody),
    };
}

/// <param name="Beside">The seats of the places after the first, which is the stage; null: the next seat that is there.</param>
internal sealed record LayoutBody(LessonLayout Layout, StageTarget?[] Beside);

/// <param name="Closed">Classrooms whose tablets show no video for now: there are too many of them for their line.</param>
internal sealed record BudgetBody(string[] Closed);

/// <summary>What a classroom's line does not carry.</summary>
/// <param name="Reason">OwnLine, ParticipantCeiling, SchoolCeiling: why its station gets less; null: it gets everything.</param>
/// <param name="IsUp">What it sends comes in less than the others ask for.</param>
/// <param name="IsOverloaded">It is its computer, not its line, that keeps it from sending more.</param>
/// <param name="Smaller">Seats that are shown smaller there.</param>
/// <param name="Off">Seats that are not shown there for now.</param>
internal sealed record LineBody(string ClassroomId, string? Reason, bool IsUp, bool IsOverloaded, string[] Smaller, string[] Off);
