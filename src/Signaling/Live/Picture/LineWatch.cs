using Classroom.Data;
using Classroom.MediaServer;
using Classroom.MediaServer.Bandwidth;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Picture;

/// <summary>Finds what the line of each classroom does not carry, from what its station is limited in.</summary>
internal static class LineWatch
{
    /// <param name="limits">Station's participant id → publication id → reason.</param>
    /// <param name="statistics">Tells what is off from what is only smaller; null: all of it counts as smaller.</param>
    /// <returns>One for every classroom of the lesson.</returns>
    public static IEnumerable<LineBody> Look(
        Lesson lesson, LiveState state, IReadOnlyDictionary<string, IReadOnlyDictionary<string, LimitReason>> limits, RoomStatistics? statistics)
    {
        var senders = limits.Values.SelectMany(own => own)
            .Where(limit => limit.Value is LimitReason.SenderLine or LimitReason.SenderDevice && state.Publications.ContainsKey(limit.Key))
            .ToLookup(limit => state.Publications[limit.Key].ClassroomId, limit => limit.Value);
        return lesson.Classrooms.Select(link => Of(link.ClassroomId));

        LineBody Of(string classroomId)
        {
            var isUp = senders.Contains(classroomId);
            var isOverloaded = senders[classroomId].Contains(LimitReason.SenderDevice);
            var own = limits.Where(entry => state.People.TryGetValue(entry.Key, out var person) && person.ClassroomId == classroomId)
                .SelectMany(entry => entry.Value.Select(limit => (Station: entry.Key, Publication: limit.Key, Reason: limit.Value)))
                .Where(limit => IsOfTheLine(limit.Reason) && state.Publications.ContainsKey(limit.Publication))
                .ToList();
            if (own.Count == 0)
            {
                return new LineBody(classroomId, null, isUp, isOverloaded, [], []);
            }

            var off = own.Where(limit => IsOff(limit.Station, limit.Publication)).ToList();
            return new LineBody(classroomId, own.MinBy(limit => limit.Reason).Reason.ToString(), isUp, isOverloaded, Seats(own.Except(off)), Seats(off));
        }

        bool IsOff(string station, string publication) =>
            statistics?.Subscriptions.Any(got => got.ParticipantId == station && got.PublicationId == publication && got.Spatial < 0) ?? false;

        string[] Seats(IEnumerable<(string Station, string Publication, LimitReason Reason)> which) =>
            [.. which.Select(limit => state.Publications[limit.Publication].Group).Distinct().Order(StringComparer.Ordinal)];
    }

    public static bool Differs(LineBody? before, LineBody now) => before is null
        ? now.Reason is not null || now.IsUp
        : (before.Reason, before.IsUp, before.IsOverloaded) != (now.Reason, now.IsUp, now.IsOverloaded) || !before.Smaller.SequenceEqual(now.Smaller) || !before.Off.SequenceEqual(now.Off);

    private static bool IsOfTheLine(LimitReason reason) => reason is LimitReason.OwnLine or LimitReason.ParticipantCeiling or LimitReason.SchoolCeiling;
}
