using Classroom.Data;
using Classroom.Signaling.Live;
using Classroom.Signaling.Live.Notes;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Observation;

/// <summary>A note with the account or participant who wrote it.</summary>
internal sealed record StoredNote(string Who, NoteBody Note);

/// <summary>The notes of a lesson, read from its timeline; those on the replay are added to its end.</summary>
internal sealed class NoteStore(IClassroomDbFactory databases, LessonRooms rooms, TimeProvider time)
{
    private const int Attempts = 5;

    public static string WriterOf(string accountId) => $"account:{accountId}";

    /// <summary>In the order of the moments they are pinned to.</summary>
    public async Task<IReadOnlyList<StoredNote>> ReadAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var rows = await db.Timeline.AsNoTracking()
            .Where(e => e.LessonId == lessonId && (e.Kind == NoteEvents.Note || e.Kind == NoteEvents.NoteGone)).OrderBy(e => e.Seq).ToListAsync(cancellationToken);
        var notes = new Dictionary<string, StoredNote>(StringComparer.Ordinal);
        foreach (var entry in rows.ConvertAll(TimelineEntry.From))
        {
            switch (EventKinds.Read(entry.Kind, entry.Body))
            {
                case NoteBody note:
                    notes[note.NoteId] = new StoredNote(entry.Who, note);
                    break;
                case NoteGoneBody gone:
                    notes.Remove(gone.NoteId);
                    break;
            }
        }

        return [.. notes.Values.OrderBy(stored => stored.Note.At)];
    }

    /// <summary>Into the open lesson, whose pages hear of it, or behind the end of one that is over.</summary>
    public async Task AddAsync(Lesson lesson, string accountId, string kind, object body, CancellationToken cancellationToken)
    {
        if (rooms.Find(lesson.Id) is { } room)
        {
            await room.Notes.AddFromOutsideAsync(WriterOf(accountId), kind, body);
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await AppendAsync(lesson, accountId, kind, body, cancellationToken);
                return;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another note took the same number at the same moment.
            }
        }
    }

    private async Task AppendAsync(Lesson lesson, string accountId, string kind, object body, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var seq = await db.Timeline.Where(e => e.LessonId == lesson.Id).MaxAsync(e => (long?)e.Seq, cancellationToken) ?? 0;
        var at = (long)(time.GetUtcNow().UtcDateTime - (lesson.StartedAt ?? lesson.PlannedStart)).TotalMilliseconds;
        db.Timeline.Add(new TimelineEntry(seq + 1, at, WriterOf(accountId), kind, EventKinds.Write(body), Audiences.Observers, Key: null).ToRow(lesson.Id));
        await db.SaveChangesAsync(cancellationToken);
    }
}
