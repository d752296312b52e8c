using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Boards;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Archives;

/// <summary>All seats of a recording as one file: every capture as it was sent, and their times on the lesson clock.</summary>
/// <param name="Name">For the browser's folder of downloads.</param>
internal sealed record SeatArchive(string Name, StoredZip Content);

/// <summary>Puts archives of recordings together; nothing is copied before somebody reads.</summary>
internal sealed class SeatArchives(IClassroomDbFactory databases, IObjectStore store, IOptions<RecorderOptions> options)
{
    /// <summary>The address of an archive below the signed path of its recording; "{language}" stands for zh or en.</summary>
    public const string Address = "seats.{language}.zip";

    /// <summary>Null: there is no such recording, or nothing of it.</summary>
    public async Task<SeatArchive?> FindAsync(string lessonId, ArchiveWords words, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var recording = await db.Recordings.AsNoTracking().AsSplitQuery().Include(row => row.Lesson!.Classrooms).Include(row => row.Tracks)
            .FirstOrDefaultAsync(row => row.LessonId == lessonId, cancellationToken);
        if (recording is null)
        {
            return null;
        }

        var files = await FilesAsync(db, recording, words, cancellationToken);
        if (files.Count == 0)
        {
            return null;
        }

        var at = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(recording.StartedAt, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone));
        var title = recording.Lesson!.Title;
        var note = SeatTimes.Write($"{title}  {at:yyyy-MM-dd HH:mm}", files, words);
        var entries = files.Select(file => new ZipEntry(file.Path, file.Length, at, cancel => OpenAsync(file, cancel)))
            .Prepend(new ZipEntry($"{words.Note}.txt", note.Length, at, _ => Task.FromResult<Stream>(new MemoryStream(note))));
        return new SeatArchive($"{ArchiveNames.Of(title)} {at:yyyy-MM-dd}.zip", new StoredZip(entries));
    }

    private async Task<List<SeatFile>> FilesAsync(ClassroomDb db, Recording recording, ArchiveWords words, CancellationToken cancellationToken)
    {
        var rooms = await RoomsAsync(db, recording.Tracks, cancellationToken);
        var people = await PeopleAsync(db, recording, cancellationToken);
        var (names, files) = (new ArchiveNames(), new List<SeatFile>());
        foreach (var track in InOrder(recording))
        {
            if (track.ObjectKey is { } key && await store.HeadAsync(key, cancellationToken) is { } item)
            {
                var seat = words.Seats.GetValueOrDefault(track.Group, track.Group);
                var owner = track.ParticipantId == BoardTimes.Participant ? seat : people.GetValueOrDefault(track.ParticipantId, track.ParticipantId);
                var (folder, subfolder) = rooms.TryGetValue(track.ClassroomId ?? "", out var room) ? room : (words.Elsewhere, owner);
                files.Add(new SeatFile(names.Path(folder, subfolder, seat, track.StartMs), key, item.Length, track.StartMs, track.DurationMs));
            }
        }

        return files;
    }

    /// <summary>The host's classroom, the others, then those who were in none.</summary>
    private static IEnumerable<RecordingTrack> InOrder(Recording recording)
    {
        var host = recording.Lesson!.Classrooms.Find(link => link.IsHost)?.ClassroomId;
        return recording.Tracks.Where(track => track.State != TrackState.Lost)
            .OrderBy(track => track.ClassroomId is null).ThenBy(track => track.ClassroomId != host)
            .ThenBy(SeatRefs.Of, StringComparer.Ordinal).ThenBy(track => track.StartMs);
    }

    private static async Task<Dictionary<string, (string School, string Room)>> RoomsAsync(ClassroomDb db, List<RecordingTrack> tracks, CancellationToken cancellationToken)
    {
        var ids = tracks.Select(track => track.ClassroomId).OfType<string>().Distinct().ToList();
        var rooms = await db.Classrooms.Where(room => ids.Contains(room.Id)).Select(room => new { room.Id, School = room.School!.Name, room.Name }).ToListAsync(cancellationToken);
        return rooms.ToDictionary(room => room.Id, room => (room.School, room.Name));
    }

    /// <summary>Names of those who sent from outside a classroom, as they joined.</summary>
    private static async Task<Dictionary<string, string>> PeopleAsync(ClassroomDb db, Recording recording, CancellationToken cancellationToken)
    {
        var ids = recording.Tracks.Where(track => track.ClassroomId is null).Select(track => track.ParticipantId).Distinct().ToList();
        var joins = ids.Count == 0 ? [] : await db.Timeline.Where(e => e.LessonId == recording.LessonId && e.Kind == "join" && ids.Contains(e.Who)).OrderBy(e => e.Seq).ToListAsync(cancellationToken);
        var names = new Dictionary<string, string>();
        foreach (var join in joins)
        {
            names[join.Who] = JsonDocument.Parse(join.Body).RootElement.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } text ? text : join.Who;
        }

        return names;
    }

    private async Task<Stream> OpenAsync(SeatFile file, CancellationToken cancellationToken) =>
        await store.OpenReadAsync(file.ObjectKey, 0, length: null, cancellationToken) ?? throw new StoreException($"{file.ObjectKey} vanished from the store.");
}
