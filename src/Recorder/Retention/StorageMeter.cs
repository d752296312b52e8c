using Classroom.Data;
using Classroom.Recorder.Documents;
using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Retention;

/// <summary>Counts what lies in the store: a recording when it is finished, everything once a day.</summary>
internal sealed class StorageMeter(IClassroomDbFactory databases, IObjectStore store, TimeProvider time)
{
    private const int RecordingsAtOnce = 500;

    /// <summary>Days that a chart may ever ask for.</summary>
    private const int DaysKept = 400;

    public async Task MeasureRecordingsAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var unmeasured = await db.Recordings.Where(row => row.StoredBytes == null && (row.State == RecordingState.Ready || row.State == RecordingState.Failed))
            .OrderBy(row => row.LessonId).Select(row => row.LessonId).Take(RecordingsAtOnce).ToListAsync(cancellationToken);
        foreach (var lessonId in unmeasured)
        {
            var (bytes, _) = await store.MeasureAsync($"recordings/{lessonId}/", cancellationToken);
            await db.Recordings.Where(row => row.LessonId == lessonId).ExecuteUpdateAsync(set => set.SetProperty(row => row.StoredBytes, bytes), cancellationToken);
        }
    }

    /// <summary>Takes today's measure, unless it was taken.</summary>
    public async Task MeasureDayAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var today = time.GetUtcNow().UtcDateTime.Date;
        var done = await db.StorageDays.Where(day => day.Day == today).Select(day => day.Part).ToListAsync(cancellationToken);
        foreach (var part in Enum.GetValues<StoragePart>().Except(done))
        {
            var (bytes, _) = await store.MeasureAsync(PrefixOf(part), cancellationToken);
            db.StorageDays.Add(new StorageDay { Day = today, Part = part, Bytes = bytes });
            await db.SaveChangesAsync(cancellationToken);
        }

        var old = today.AddDays(-DaysKept);
        await db.StorageDays.Where(day => day.Day < old).ExecuteDeleteAsync(cancellationToken);
    }

    private static string PrefixOf(StoragePart part) => part switch
    {
        StoragePart.Recordings => "recordings/",
        StoragePart.Courses => "courses/",
        StoragePart.Pieces => PieceStore.Root,
        StoragePart.Documents => LessonFiles.Root,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };
}
