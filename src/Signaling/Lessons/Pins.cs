using System.Security.Cryptography;
using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons;

/// <summary>Six digits, unique among the lessons that are not over.</summary>
internal sealed class Pins(IClassroomDbFactory databases)
{
    private const int Attempts = 50;

    public async Task<string> NewAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var pin = RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("D6");
            if (!await InUse(db.Lessons, pin).AnyAsync(cancellationToken))
            {
                return pin;
            }
        }

        throw new InvalidOperationException("No free PIN was found: almost all of a million are in use.");
    }

    /// <summary>The lessons that this PIN leads to: one, or none.</summary>
    public static IQueryable<Lesson> InUse(IQueryable<Lesson> lessons, string pin) =>
        lessons.Where(lesson => lesson.Pin == pin && lesson.State != LessonState.Ended && lesson.State != LessonState.Cancelled);
}
