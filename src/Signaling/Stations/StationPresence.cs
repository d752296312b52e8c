using System.Collections.Concurrent;
using Classroom.Signaling.Live;

namespace Classroom.Signaling.Stations;

/// <summary>Which classrooms have a station that is there: connected to a lesson, or seen asking for its state a moment ago.</summary>
internal sealed class StationPresence(LessonRooms rooms, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new();

    public void Seen(string classroomId) => _seen[classroomId] = time.GetUtcNow();

    public async Task<IReadOnlySet<string>> OnlineAsync()
    {
        var since = time.GetUtcNow() - Recent;
        HashSet<string> online = [.. _seen.Where(entry => entry.Value > since).Select(entry => entry.Key)];
        foreach (var room in rooms.All.Where(room => !room.IsOver))
        {
            try
            {
                online.UnionWith(await room.ConnectedClassroomsAsync());
            }
            catch (Refusal)
            {
                // It ended between the two lines: nobody is in it.
            }
        }

        return online;
    }
}
