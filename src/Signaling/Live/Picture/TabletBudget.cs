using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Picture;

/// <summary>Which classrooms have too many tablets for all of them to show video: the panel shows it.</summary>
internal static class TabletBudget
{
    /// <summary>Kilobits per second of the smallest layer that is of use on a tablet, with its headers.</summary>
    public const int TabletKbps = 180;

    /// <summary>What a classroom's tablets may take together: a fifth of the 20 Mbit/s that a far school usually shares.</summary>
    public const int RoomKbps = 4_000;

    // One tablet more or less must not switch the video of a whole class off and on.
    private const double Slack = 0.85;

    /// <param name="budgetOf">Classroom id → kilobits per second for its tablets.</param>
    /// <returns>Classroom ids in order.</returns>
    public static string[] Closed(LiveState state, Func<string, int> budgetOf) => state.Picture.Settings.TabletVideo switch
    {
        TabletVideo.Auto =>
        [
            .. state.People.Values
                .Where(person => person is { Role: LessonRole.Student, IsAway: false, ClassroomId: not null })
                .GroupBy(person => person.ClassroomId!)
                .Where(room => room.Count() * TabletKbps > budgetOf(room.Key) * (state.Picture.Closed.Contains(room.Key) ? Slack : 1))
                .Select(room => room.Key)
                .Order(StringComparer.Ordinal),
        ],
        _ => [],
    };

    /// <summary>Whether this one's page may take video.</summary>
    public static bool MayWatch(LiveState state, Person person) => person.Role != LessonRole.Student || state.Picture.Settings.TabletVideo switch
    {
        TabletVideo.On => true,
        TabletVideo.Auto => person.ClassroomId is null || !state.Picture.Closed.Contains(person.ClassroomId),
        _ => false,
    };
}
