using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons;

/// <summary>Tickets into a lesson. They end with it, so that a page can reconnect all lesson long and not a day after.</summary>
internal sealed class JoinTickets(ClassroomDb db, JoinTokens tokens, TimeProvider time)
{
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromHours(3);
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(4);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public JoinTicket For(Lesson lesson, JoinGrant grant)
    {
        var untilEnd = lesson.PlannedEnd - time.GetUtcNow().UtcDateTime + AfterTheEnd;
        var lifetime = TimeSpan.FromTicks(Math.Clamp(untilEnd.Ticks, Shortest.Ticks, Longest.Ticks));
        return new JoinTicket(tokens.Issue(grant, lifetime), lesson.Id, lesson.Title, grant.Role);
    }

    /// <summary>A station's place is its classroom's: a device that starts again takes it over.</summary>
    public async Task<JoinTicket> ForStationAsync(Lesson lesson, string classroomId, CancellationToken cancellationToken)
    {
        var classroom = await db.Classrooms.Include(c => c.School).FirstAsync(c => c.Id == classroomId, cancellationToken);
        var name = $"{classroom.School?.ShortName} {classroom.Name}".Trim();
        return For(lesson, new JoinGrant(lesson.Id, LessonRole.Station, classroomId, $"station-{classroomId}", name));
    }
}
