using Classroom.Data;
using Classroom.Recorder.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Retention;

/// <summary>Reads for the page what the store holds and how it grows.</summary>
internal sealed class StorageReader(ClassroomDb db, IOptions<RecorderOptions> options, TimeProvider time)
{
    private const int DaysShown = 30;

    public async Task<StorageOverview> ReadAsync(CancellationToken cancellationToken)
    {
        var first = time.GetUtcNow().UtcDateTime.Date.AddDays(-DaysShown);
        var measured = await db.StorageDays.AsNoTracking().Where(day => day.Day >= first).ToListAsync(cancellationToken);
        var days = measured.GroupBy(day => day.Day).OrderBy(day => day.Key).Select(day => new StoragePoint(day.Key, day.Sum(part => part.Bytes))).ToArray();
        var free = FreeBytes();
        var pace = StorageForecast.BytesPerDay(days);
        return new StorageOverview(await SharesAsync(measured, cancellationToken), days, free, pace, StorageForecast.DaysLeft(pace, free));
    }

    private async Task<StorageShare[]> SharesAsync(List<StorageDay> measured, CancellationToken cancellationToken)
    {
        var rooms = await db.Recordings.GroupBy(row => row.Lesson!.Kind)
            .Select(group => new { Kind = group.Key, Bytes = group.Sum(row => row.StoredBytes ?? 0) }).ToListAsync(cancellationToken);
        var last = measured.Count == 0 ? default : measured.Max(day => day.Day);
        var rest = measured.Where(day => day.Day == last).ToDictionary(day => day.Part, day => day.Bytes);
        return
        [
            .. rooms.OrderByDescending(room => room.Bytes).Select(room => new StorageShare(RetentionKinds.Of(room.Kind).ToString(), room.Bytes)),
            new StorageShare(nameof(RetentionKind.MicroCourse), rest.GetValueOrDefault(StoragePart.Courses)),
            new StorageShare(nameof(StoragePart.Pieces), rest.GetValueOrDefault(StoragePart.Pieces)),
            new StorageShare(nameof(StoragePart.Documents), rest.GetValueOrDefault(StoragePart.Documents)),
        ];
    }

    // What a bucket may still take, its service does not say.
    private long? FreeBytes()
    {
        var folder = Path.GetFullPath(options.Value.StoreFolder);
        return string.IsNullOrWhiteSpace(options.Value.S3Endpoint) && Directory.Exists(folder) ? new DriveInfo(folder).AvailableFreeSpace : null;
    }
}
