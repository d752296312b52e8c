using System.Security.Cryptography;
using Classroom.Data;
using Classroom.Recorder.Store;
using Classroom.Recorder.Tests.Pipeline;
using Classroom.TestKit;
using Classroom.TestKit.Swift;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Store;

/// <summary>The line to a real S3 server is cut in the middle of everything.</summary>
[Collection(SwiftFixture.Name)]
public sealed class StoreOutageTests : IDisposable
{
    private const string Seat = "room1/TeacherCloseUp";
    private const int Megabyte = 1024 * 1024;
    private readonly StoreGate _gate;
    private readonly S3ObjectStore _store;

    public StoreOutageTests(SwiftFixture swift)
    {
        _gate = new StoreGate(swift.Endpoint);
        _store = new S3ObjectStore(SwiftFixture.Options(_gate.Endpoint, SwiftServer.SecretKey));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_was_cut_off_goes_on_where_it_was()
    {
        using var folder = new TempFolder();
        var content = RandomNumberGenerator.GetBytes(40 * Megabyte);
        var path = folder.Write("film.mp4", content);
        var key = $"films/{Ids.New()}.mp4";
        _gate.CutAfter(36 * Megabyte);
        await Assert.ThrowsAsync<StoreException>(() => _store.PutFileAsync(key, path, Cancel));
        _gate.Mend();
        var before = _gate.Sent;

        var receipt = await _store.PutFileAsync(key, path, Cancel);

        // Two parts of sixteen were there.
        Assert.InRange(_gate.Sent - before, 8 * Megabyte, 9 * Megabyte);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), receipt.Sha256);
        await using var stored = await _store.OpenReadAsync(key, 0, null, Cancel);
        Assert.Equal(SHA256.HashData(content), await SHA256.HashDataAsync(stored!, Cancel));
    }

    [Fact]
    public async Task A_store_that_is_away_for_five_minutes_costs_a_recording_nothing_but_time()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var rig = await PipelineRig.CreateAsync(store: _store, time: time);
        await rig.AddTrackAsync(Seat, "red", 0, 2);
        var id = await rig.Queue.EnqueueAsync(JobKinds.FinishRecording, PipelineRig.LessonId, cancellationToken: Cancel);
        _gate.Cut();
        for (var minute = 0; minute < 5; minute++)
        {
            Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));
            var waiting = (await rig.Queue.FindAsync(id, Cancel))!;
            Assert.Equal((JobState.Queued, "store_refused"), (waiting.State, waiting.ErrorCode));
            Assert.NotEmpty(Directory.EnumerateFiles(rig.Options.Value.SpoolFolder, "*.mkv", SearchOption.AllDirectories));
            time.Advance(TimeSpan.FromMinutes(1));
        }

        _gate.Mend();
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));

        Assert.Equal(JobState.Done, (await rig.Queue.FindAsync(id, Cancel))!.State);
        await using var db = rig.Database.Create();
        Assert.Equal(RecordingState.Ready, (await db.Recordings.SingleAsync(Cancel)).State);
        Assert.NotNull(await _store.HeadAsync((await db.RecordingTracks.SingleAsync(Cancel)).ObjectKey!, Cancel));
    }

    [Fact]
    public async Task Whatever_is_asked_of_a_store_that_is_away_is_refused_as_that()
    {
        _gate.Cut();
        await Assert.ThrowsAsync<StoreException>(() => _store.HeadAsync("a/b.mp4", Cancel));
        await Assert.ThrowsAsync<StoreException>(() => _store.OpenReadAsync("a/b.mp4", 0, null, Cancel));
        await Assert.ThrowsAsync<StoreException>(() => _store.DeleteAsync("a/b.mp4", Cancel));
        await Assert.ThrowsAsync<StoreException>(async () => await _store.ListAsync("a/", Cancel).ToListAsync(Cancel));
    }

    public void Dispose()
    {
        _store.Dispose();
        _gate.Dispose();
    }
}
