using Classroom.Data;
using Classroom.Recorder.Contracts;
using Classroom.Recorder.Retention;
using Classroom.Recorder.Tests.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Retention;

/// <summary>What the store holds, how it grows, how long the disk lasts.</summary>
public sealed class StorageTests
{
    private static readonly DateTime First = new(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(new[] { 100L, 200L, 300L }, 100.0)]
    [InlineData(new[] { 100L, 100L, 100L, 100L }, 0.0)]
    [InlineData(new[] { 300L, 200L, 100L }, -100.0)]
    [InlineData(new[] { 0L, 100L, 0L, 100L }, 20.0)]
    [InlineData(new[] { 100L, 200L }, null)]
    public void The_pace_is_the_slope_of_the_line_through_the_days(long[] bytes, double? pace) =>
        Assert.Equal(pace, StorageForecast.BytesPerDay([.. bytes.Select((size, day) => new StoragePoint(First.AddDays(day), size))]));

    [Fact]
    public void A_day_without_a_measure_does_not_bend_the_line() =>
        Assert.Equal(10.0, StorageForecast.BytesPerDay([new(First, 0), new(First.AddDays(1), 10), new(First.AddDays(9), 90)])!.Value, 6);

    [Theory]
    [InlineData(10.0, 105L, 10), InlineData(0.0, 100L, null), InlineData(-5.0, 100L, null)]
    [InlineData(null, 100L, null), InlineData(10.0, null, null), InlineData(10.0, 0L, 0), InlineData(0.0001, 1_000_000_000L, null)]
    public void Days_left_are_whole_and_only_said_when_the_disk_fills(double? pace, long? free, int? days) =>
        Assert.Equal(days, StorageForecast.DaysLeft(pace, free));

    [Fact]
    public async Task A_day_is_measured_once_and_recordings_by_the_kind_of_their_room()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await PutAsync(rig, $"recordings/{PipelineRig.LessonId}/a.m4s", 10);
        await PutAsync(rig, "courses/c/film.mp4", 7);
        await using var db = rig.Database.Create();
        await db.Recordings.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Ready), Cancel);
        var clock = new StoppedClock(new DateTimeOffset(First).AddHours(3));
        var meter = new StorageMeter(rig.Database, rig.Store, clock);

        await meter.MeasureRecordingsAsync(Cancel);
        await meter.MeasureDayAsync(Cancel);
        await PutAsync(rig, "courses/c/more.mp4", 100);
        await meter.MeasureDayAsync(Cancel);

        var storage = await new StorageReader(db, rig.Options, clock).ReadAsync(Cancel);
        Assert.Equal(new StoragePoint(First, 17), Assert.Single(storage.Days));
        Assert.Equal(["Synchronous 10", "MicroCourse 7", "Pieces 0", "Documents 0"], storage.Shares.Select(share => $"{share.Part} {share.Bytes}"));
        Assert.True(storage.FreeBytes > 0);
        Assert.Null(storage.BytesPerDay);
    }

    private static Task PutAsync(PipelineRig rig, string key, int bytes) => rig.Store.PutFileAsync(key, rig.Folder.Write("object", new byte[bytes]), Cancel);
}
