using System.Net;
using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Documents;
using Classroom.Recorder.Links;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Retention;
using Classroom.Recorder.Store;
using Classroom.Recorder.Tests.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Recorder.Tests.Retention;

/// <summary>Every file of a recording goes, once; what others own stays.</summary>
public sealed class DeletionTests
{
    private const string Seat = "room1/TeacherCloseUp";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deleted_recording_leaves_no_file_and_no_working_link_and_the_course_keeps_its_film()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync(Seat, "red", 0, 3);
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.FinishRecording, PipelineRig.LessonId));
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel)); // Loudness and small pictures.
        var course = await rig.AddCourseAsync(new EditClip(0, 1_000, EditLayout.Single, [Seat]));
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));
        Leave(rig, $"{PipelineRig.LessonId}/mix/0.aac");
        var links = new MediaLinks(rig.Options, TimeProvider.System);
        await using var db = rig.Database.Create();
        var capture = (await db.RecordingTracks.AsNoTracking().SingleAsync(Cancel)).ObjectKey!;
        var film = (await db.Renditions.AsNoTracking().SingleAsync(Cancel)).Mp4Key;
        var (old, kept) = (links.IssueFile(capture, TimeSpan.FromHours(1)), links.IssueFile(film, TimeSpan.FromHours(1)));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(rig, links, old));
        var before = await AmountAsync(rig, "recordings/") + await AmountAsync(rig, "pieces/");

        await DeleteAsync(rig);

        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(rig, links, old));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(rig, links, kept));
        Assert.Equal(default, await AmountAsync(rig, "recordings/") + await AmountAsync(rig, "pieces/"));
        Assert.False(Directory.Exists(Path.Combine(rig.Options.Value.SpoolFolder, PipelineRig.LessonId)));
        Assert.Equal(0, await db.Recordings.CountAsync(Cancel) + await db.RecordingTracks.CountAsync(Cancel));
        var record = await db.DeletionRecords.AsNoTracking().SingleAsync(Cancel);
        Assert.Equal((before.Bytes + 4, before.Objects + 1, "分数"), (record.Bytes, record.Objects, record.Title));
        Assert.NotNull(record.DoneAt);
    }

    [Fact]
    public async Task A_deleted_course_leaves_no_file_of_its_film_its_pieces_or_its_package()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var course = await rig.AddCourseAsync(new EditClip(0, 1_000, EditLayout.Single, [Seat]));
        await using var db = rig.Database.Create();
        await db.MicroCourses.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, CourseState.Withdrawn), Cancel);
        var sheet = rig.Folder.Write("sheet.pdf", [1, 2, 3, 4]);
        foreach (var key in new[] { $"courses/{course}/film/film.mp4", PieceStore.Of(course) + "piece.mp4", LessonFiles.Of(FileOwners.Course(course)) + "files/sheet/original.pdf" })
        {
            await rig.Store.PutFileAsync(key, sheet, Cancel);
        }

        Assert.Equal(DeletionOutcome.Ordered, await Orders(rig).CourseAsync(course, DeletionOrder.ByRule(30), Cancel));
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));

        Assert.Equal(default, await AmountAsync(rig, ""));
        Assert.Equal((12L, 3), await db.DeletionRecords.Select(record => ValueTuple.Create(record.Bytes, record.Objects)).SingleAsync(Cancel));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(5), InlineData(9)]
    public async Task A_deletion_that_is_killed_goes_on_and_counts_nothing_twice(int after)
    {
        await using var rig = await PipelineRig.CreateAsync();
        await AddObjectsAsync(rig, count: 10);
        await ReadyAsync(rig);
        var id = await OrderAsync(rig);

        await Assert.ThrowsAsync<StoreException>(() => Handler(rig, new DyingStore(rig.Store, after)).RunAsync(Context(id), Cancel));
        await Handler(rig, rig.Store).RunAsync(Context(id), Cancel);
        await Handler(rig, rig.Store).RunAsync(Context(id), Cancel);

        await using var db = rig.Database.Create();
        var record = await db.DeletionRecords.SingleAsync(Cancel);
        Assert.Equal((40L, 10), (record.Bytes, record.Objects));
        Assert.Equal(default, await AmountAsync(rig, "recordings/"));
    }

    [Fact]
    public async Task What_a_killed_deletion_left_in_the_spool_is_not_recovered_as_a_recording()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await ReadyAsync(rig);
        var header = new CaptureHeader("t1", new SeatIdentity(PipelineRig.LessonId, "p", null, "Seat"), "H264", null, 320, 180, 0, $"{PipelineRig.LessonId}/t1.mkv");
        var path = rig.Folder.Write($"spool/{PipelineRig.LessonId}/t1.json", JsonSerializer.SerializeToUtf8Bytes(header, CaptureJson.Options));
        await OrderAsync(rig);

        await new SpoolRecovery(rig.Options.Value.SpoolFolder, new RecordingRows(rig.Database, rig.Queue), NullLogger.Instance).RunAsync(Cancel);

        await using var db = rig.Database.Create();
        Assert.Equal(0, await db.Recordings.CountAsync(Cancel));
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_deletion_whose_worker_gave_up_is_queued_again()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await AddObjectsAsync(rig, count: 2);
        await ReadyAsync(rig);
        await OrderAsync(rig);
        await using var db = rig.Database.Create();
        await db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.State, JobState.Failed), Cancel);

        await Orders(rig).ResumeAsync(Cancel);
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));
        await Orders(rig).ResumeAsync(Cancel);

        Assert.False(await rig.Worker.RunNextAsync("worker", Cancel));
        Assert.Equal(default, await AmountAsync(rig, "recordings/"));
    }

    private static async Task DeleteAsync(PipelineRig rig)
    {
        await OrderAsync(rig);
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));
    }

    private static DeletionOrders Orders(PipelineRig rig) => new(rig.Database, rig.Queue, TimeProvider.System);

    private static async Task<string> OrderAsync(PipelineRig rig)
    {
        Assert.Equal(DeletionOutcome.Ordered, await Orders(rig).RecordingAsync(PipelineRig.LessonId, DeletionOrder.ByRule(365), Cancel));
        await using var db = rig.Database.Create();
        return (await db.DeletionRecords.SingleAsync(Cancel)).Id;
    }

    private static DeleteMedia Handler(PipelineRig rig, IObjectStore store) => new(rig.Database, store, rig.Drafts, rig.Options, TimeProvider.System);

    private static JobContext Context(string id) => new(new Job { Kind = JobKinds.DeleteMedia, SubjectId = id }, "", static (_, _) => { });

    private static async Task ReadyAsync(PipelineRig rig)
    {
        await using var db = rig.Database.Create();
        await db.Recordings.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Ready), Cancel);
    }

    private static async Task AddObjectsAsync(PipelineRig rig, int count)
    {
        var file = rig.Folder.Write("segment", [1, 2, 3, 4]);
        for (var i = 0; i < count; i++)
        {
            await rig.Store.PutFileAsync($"recordings/{PipelineRig.LessonId}/t/{i}.m4s", file, Cancel);
        }
    }

    private static void Leave(PipelineRig rig, string file)
    {
        var path = Path.Combine(rig.Options.Value.SpoolFolder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [1, 2, 3, 4]);
    }

    private static Task<StoredAmount> AmountAsync(PipelineRig rig, string prefix) => rig.Store.MeasureAsync(prefix, Cancel);

    private static async Task<HttpStatusCode> GetAsync(PipelineRig rig, MediaLinks links, string link)
    {
        var parts = link.Split('/', 4);
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        await (await MediaEndpoint.Get(parts[2], parts[3], http, links, rig.Store, Cancel)).ExecuteAsync(http);
        return (HttpStatusCode)http.Response.StatusCode;
    }

    /// <summary>Takes its worker with it after some deletions.</summary>
    private sealed class DyingStore(IObjectStore inner, int after) : IObjectStore
    {
        private int _deleted;

        public Task<StoreReceipt> PutFileAsync(string key, string path, CancellationToken cancellationToken) => inner.PutFileAsync(key, path, cancellationToken);

        public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken) => inner.HeadAsync(key, cancellationToken);

        public Task<Stream?> OpenReadAsync(string key, long offset, long? length, CancellationToken cancellationToken) => inner.OpenReadAsync(key, offset, length, cancellationToken);

        public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _deleted) > after ? throw new StoreException("Killed.") : inner.DeleteAsync(key, cancellationToken);

        public string? LocalPath(string key) => inner.LocalPath(key);
    }
}
