using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Store;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Pipeline;
using Classroom.Recorder.Tests.Store;
using Classroom.TestKit.Hls;
using Classroom.TestKit.Swift;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Kills;

/// <summary>Workers in processes of their own, killed at random moments while they upload a recording to a real S3 server and render a film of it.</summary>
[Collection(SwiftFixture.Name)]
public sealed class KilledWorkerTests(SwiftFixture swift)
{
    private const string Teacher = "room1/TeacherCloseUp";
    private const string Pupils = "room2/StudentPanorama";

    /// <summary>A job is given up when it took three workers with it.</summary>
    private const int KillsPerRound = 2;

    /// <summary>Longer than a lease and than the pause before a retry.</summary>
    private const int AheadSeconds = 120;

    private const int SecondsEach = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Whatever_kills_a_worker_its_jobs_are_done_and_nothing_is_doubled() => KillAsync(kills: 5);

    [Fact, Trait("Category", "Long")]
    public Task Fifty_killed_workers_lose_and_double_nothing() => KillAsync(kills: 50);

    private async Task KillAsync(int kills)
    {
        var moments = Moments.New();
        var whole = await RoundAsync([]);
        while (kills > 0)
        {
            var count = Math.Min(kills, KillsPerRound);
            kills -= count;
            await RoundAsync([.. Enumerable.Range(0, count).Select(_ => whole * moments.NextDouble())]);
        }
    }

    /// <param name="kills">How long each worker lives that is killed.</param>
    /// <returns>How long the last worker took.</returns>
    private async Task<TimeSpan> RoundAsync(TimeSpan[] kills)
    {
        await using var rig = await PipelineRig.CreateAsync(store: swift.Store);
        await rig.AddTrackAsync(Teacher, "red", 0, SecondsEach);
        await rig.AddTrackAsync(Pupils, "blue", 0, SecondsEach);
        var course = await rig.AddCourseAsync(new EditClip(0, 1_000, EditLayout.Single, [Teacher]), new EditClip(1_000, 3_000, EditLayout.SideBySide, [Teacher, Pupils]));
        await rig.Queue.EnqueueAsync(JobKinds.FinishRecording, PipelineRig.LessonId, priority: 1, cancellationToken: Cancel);
        await rig.Queue.EnqueueAsync(JobKinds.RenderCourse, course, cancellationToken: Cancel);
        var born = 0;
        foreach (var life in kills)
        {
            using var worker = await StartAsync(rig, AheadSeconds * born++);
            await Task.Delay(life, Cancel);
            await worker.KillAsync();
        }

        var taken = Stopwatch.StartNew();
        using (await StartAsync(rig, AheadSeconds * born))
        {
            await AllDoneAsync(rig);
            taken.Stop();
        }

        await NothingIsLostAsync(rig);
        await NothingIsDoubledAsync(rig, course);
        return taken.Elapsed;
    }

    private async Task<ChildProcess> StartAsync(PipelineRig rig, int ahead)
    {
        var options = SwiftFixture.Options(swift.Endpoint, SwiftServer.SecretKey);
        var settings = new WorkerSettings(
            new SqliteConnectionStringBuilder(rig.Database.ConnectionString).DataSource, rig.Options.Value.SpoolFolder, rig.Options.Value.SecretsFolder,
            swift.Endpoint, options.S3AccessKey, options.S3SecretKey, options.S3Bucket, ahead);
        var worker = new ChildProcess(WorkerProcess.Name, JsonSerializer.Serialize(settings));
        Assert.Equal("started", await worker.ReadLineAsync());
        return worker;
    }

    private static async Task AllDoneAsync(PipelineRig rig)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            await using var db = rig.Database.Create();
            var jobs = await db.Jobs.AsNoTracking().ToListAsync(Cancel);
            Assert.DoesNotContain(jobs, job => job.State is JobState.Failed or JobState.Cancelled);
            if (jobs.TrueForAll(job => job.State == JobState.Done))
            {
                Assert.Equal(jobs.Count, jobs.DistinctBy(job => (job.Kind, job.SubjectId)).Count());
                return;
            }
        }
        while (await look.WaitForNextTickAsync(Cancel));
    }

    private async Task NothingIsLostAsync(PipelineRig rig)
    {
        await using var db = rig.Database.Create();
        Assert.Equal(RecordingState.Ready, (await db.Recordings.SingleAsync(Cancel)).State);
        foreach (var track in await db.RecordingTracks.ToListAsync(Cancel))
        {
            Assert.Equal(TrackState.Stored, track.State);
            var file = await FetchAsync(rig, track.ObjectKey!);
            await using var content = File.OpenRead(file);
            Assert.Equal(track.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, Cancel)));
            Assert.Equal(SecondsEach, CaptureTests.Duration(file), 0.1);
        }
    }

    private async Task NothingIsDoubledAsync(PipelineRig rig, string course)
    {
        await using var db = rig.Database.Create();
        var film = await db.Renditions.SingleAsync(Cancel);
        Assert.Equal((CourseState.Ready, film.Id), await db.MicroCourses.Select(row => ValueTuple.Create(row.State, row.RenditionId!)).SingleAsync(Cancel));
        Assert.Equal(75, CaptureTests.Frames(await FetchAsync(rig, film.Mp4Key), "v:0"));

        var stored = new List<string>();
        await foreach (var item in swift.Store.ListAsync($"courses/{course}/", Cancel))
        {
            stored.Add(item.Key);
            await FetchAsync(rig, item.Key);
        }

        Assert.All(stored, key => Assert.StartsWith($"courses/{course}/{film.Id}/", key, StringComparison.Ordinal));
        Assert.Empty(new HlsValidator().Check(rig.Folder.File(film.HlsKey)));
        Assert.Empty(Directory.EnumerateFiles(rig.Options.Value.SpoolFolder, "*", SearchOption.AllDirectories));
    }

    private async Task<string> FetchAsync(PipelineRig rig, string key)
    {
        var path = rig.Folder.File(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var source = await swift.Store.OpenReadAsync(key, 0, null, Cancel);
        await using var target = File.Create(path);
        await source!.CopyToAsync(target, Cancel);
        return path;
    }
}
