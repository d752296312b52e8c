using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Live;

/// <summary>What one commit writes: events, changes of the lesson's row, and bans, all or nothing.</summary>
internal sealed record TimelineBatch(IReadOnlyList<TimelineEntry> Entries, IReadOnlyList<Action<Lesson>> Changes, IReadOnlyList<LessonBan> Bans)
{
    public bool IsEmpty => Entries.Count == 0 && Changes.Count == 0 && Bans.Count == 0;
}

/// <summary>Where a lesson's timeline lives.</summary>
internal interface ITimelineStore
{
    Task<IReadOnlyList<TimelineEntry>> LoadAsync(string lessonId, CancellationToken cancellationToken);

    Task<IReadOnlyList<string>> LoadBansAsync(string lessonId, CancellationToken cancellationToken);

    Task<Lesson?> LoadLessonAsync(string lessonId, CancellationToken cancellationToken);

    Task SaveAsync(string lessonId, TimelineBatch batch, CancellationToken cancellationToken);

    /// <summary>Forgets the events before one: only for rooms that are never held as lessons.</summary>
    Task TrimAsync(string lessonId, long beforeSeq, CancellationToken cancellationToken);
}

/// <summary>The timeline in the database.</summary>
internal sealed class DatabaseTimeline(IClassroomDbFactory databases) : ITimelineStore
{
    public async Task<IReadOnlyList<TimelineEntry>> LoadAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var rows = await db.Timeline.AsNoTracking().Where(row => row.LessonId == lessonId).OrderBy(row => row.Seq).ToListAsync(cancellationToken);
        return rows.ConvertAll(TimelineEntry.From);
    }

    public async Task<IReadOnlyList<string>> LoadBansAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.LessonBans.Where(ban => ban.LessonId == lessonId).Select(ban => ban.Key).ToListAsync(cancellationToken);
    }

    public async Task<Lesson?> LoadLessonAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await LessonQueries.WithEverything(db.Lessons.AsNoTracking()).FirstOrDefaultAsync(lesson => lesson.Id == lessonId, cancellationToken);
    }

    public async Task SaveAsync(string lessonId, TimelineBatch batch, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        db.Timeline.AddRange(batch.Entries.Select(entry => entry.ToRow(lessonId)));
        db.LessonBans.AddRange(batch.Bans);
        if (batch.Changes.Count > 0)
        {
            var row = await db.Lessons.FirstAsync(lesson => lesson.Id == lessonId, cancellationToken);
            foreach (var change in batch.Changes)
            {
                change(row);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task TrimAsync(string lessonId, long beforeSeq, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        await db.Timeline.Where(row => row.LessonId == lessonId && row.Seq < beforeSeq).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Ad hoc rooms are not stored: their timeline lives as long as the process.</summary>
internal sealed class NoTimeline(Lesson lesson) : ITimelineStore
{
    public Task<IReadOnlyList<TimelineEntry>> LoadAsync(string lessonId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TimelineEntry>>([]);

    public Task<IReadOnlyList<string>> LoadBansAsync(string lessonId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<Lesson?> LoadLessonAsync(string lessonId, CancellationToken cancellationToken) => Task.FromResult<Lesson?>(lesson);

    public Task SaveAsync(string lessonId, TimelineBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TrimAsync(string lessonId, long beforeSeq, CancellationToken cancellationToken) => Task.CompletedTask;
}
