using Classroom.Data;
using Classroom.Recorder.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Retention;

/// <summary>What the rules delete, and when.</summary>
internal static class RetentionPlan
{
    /// <summary>A slip of the finger must not cost a year of lessons: a changed rule shows what it will delete for a week before it does.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <summary>When something is due that the days of its rule count from.</summary>
    public static DateTime? DueAt(RetentionRule? rule, DateTime from) =>
        rule?.Days is { } days ? Later(from.AddDays(days), rule.ChangedAt + Grace) : null;

    /// <summary>What is due until a time and may go: not held, not being worked on.</summary>
    /// <param name="most">Of each kind; the totals count everything.</param>
    public static async Task<(List<DueDeletion> Items, int Total, long Bytes)> DueAsync(ClassroomDb db, DateTime until, int most, CancellationToken cancellationToken)
    {
        var (items, total, bytes) = (new List<DueDeletion>(), 0, 0L);
        foreach (var rule in await db.RetentionRules.AsNoTracking().Where(rule => rule.Days != null).ToListAsync(cancellationToken))
        {
            if (rule.ChangedAt + Grace > until)
            {
                continue;
            }

            var due = rule.Kind is RetentionKind.MicroCourse ? Courses(db, rule, until) : Recordings(db, rule, until);
            total += await due.CountAsync(cancellationToken);
            bytes += await due.SumAsync(row => row.Bytes, cancellationToken);
            var rows = await due.OrderBy(row => row.From).Take(most).ToListAsync(cancellationToken);
            items.AddRange(rows.Select(row => new DueDeletion(rule.Kind, row.Id, row.Title, row.From, rule.Days!.Value, DueAt(rule, row.From)!.Value, row.Bytes, row.CourseCount)));
        }

        items.Sort((one, other) => one.DueAt.CompareTo(other.DueAt));
        return (items, total, bytes);
    }

    private static IQueryable<Due> Recordings(ClassroomDb db, RetentionRule rule, DateTime until)
    {
        var (room, before) = (rule.Kind.Room(), until.AddDays(-rule.Days!.Value));
        return db.Recordings.AsNoTracking()
            .Where(row => row.Lesson!.Kind == room && row.StartedAt <= before && !row.IsHeld)
            .Where(row => row.State == RecordingState.Ready || row.State == RecordingState.Failed)
            .Select(row => new Due
            {
                Id = row.LessonId,
                Title = row.Lesson!.Title,
                From = row.StartedAt,
                Bytes = row.StoredBytes ?? row.Tracks.Sum(track => track.Bytes),
                CourseCount = db.MicroCourses.Count(course => course.LessonId == row.LessonId),
            });
    }

    // What was cut from a held recording is part of what is held.
    private static IQueryable<Due> Courses(ClassroomDb db, RetentionRule rule, DateTime until)
    {
        var before = until.AddDays(-rule.Days!.Value);
        return db.MicroCourses.AsNoTracking()
            .Where(course => course.State != CourseState.Rendering && course.State != CourseState.InReview && (course.PublishedAt ?? course.UpdatedAt) <= before)
            .Where(course => !db.Recordings.Any(row => row.LessonId == course.LessonId && row.IsHeld))
            .Select(course => new Due
            {
                Id = course.Id,
                Title = course.Title,
                From = course.PublishedAt ?? course.UpdatedAt,
                Bytes = db.Renditions.Where(film => film.MicroCourseId == course.Id).Sum(film => film.Bytes),
            });
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private sealed class Due
    {
        public required string Id { get; init; }
        public required string Title { get; init; }
        public DateTime From { get; init; }
        public long Bytes { get; init; }
        public int CourseCount { get; init; }
    }
}
