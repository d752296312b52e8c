using System.IO.Compression;
using System.Net;
using System.Text;
using Classroom.Data;
using Classroom.Recorder.Store;
using Classroom.Recorder.Tests.Store;
using Classroom.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Tests.Archives;

/// <summary>All seats by one link, out of the folder and out of S3.</summary>
[Collection(SwiftFixture.Name)]
public sealed class SeatArchiveTests(SwiftFixture swift) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StoppedClock _clock = new(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task All_seats_come_as_one_file_with_their_times(bool s3)
    {
        await using var site = await StartAsync(s3 ? swift.Store : null);
        using var reply = await site.Client.GetAsync(site.Link + "seats.zh.zip", HttpCompletionOption.ResponseHeadersRead, Cancel);

        Assert.Equal((HttpStatusCode.OK, "application/zip", "分数 2026-09-01.zip"), (reply.StatusCode, reply.Content.Headers.ContentType!.MediaType, reply.Content.Headers.ContentDisposition!.FileNameStar));
        var length = reply.Content.Headers.ContentLength;
        using var archive = new ZipArchive(await reply.Content.ReadAsStreamAsync(Cancel), ZipArchiveMode.Read);
        Assert.Equal(
            ["同步时间.txt", "星海小学/录播教室1/教师特写 00.00.03.mkv", "星海小学/录播教室1/教师特写 00.20.00.mkv", "教室以外/王_子涵/摄像头 00.00.10.mkv"],
            archive.Entries.Select(entry => entry.FullName));
        Assert.Equal(["close", "closer", "tablet"], await Task.WhenAll(archive.Entries.Skip(1).Select(TextAsync)));
        var times = await TextAsync(archive.Entries[0]);
        Assert.StartsWith("分数  2026-09-01 16:00\r\n", times, StringComparison.Ordinal);
        Assert.Contains("00:00:03.250  00:10:03.250  星海小学/录播教室1/教师特写 00.00.03.mkv\r\n", times, StringComparison.Ordinal);
        Assert.Contains("-itsoffset 3.250 -i \"星海小学/录播教室1/教师特写 00.00.03.mkv\"", times, StringComparison.Ordinal);
        Assert.EndsWith("-map 0 -map 1 -map 2 -c copy \"全部机位.mkv\"\r\n", times, StringComparison.Ordinal);

        using var head = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, site.Link + "seats.zh.zip"), Cancel);
        Assert.Equal(length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task The_link_opens_this_recording_in_a_language_of_ours_and_only_for_its_time()
    {
        await using var site = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await site.StatusAsync(site.Link + "seats.en.zip"));
        Assert.Equal(HttpStatusCode.NotFound, await site.StatusAsync(site.Link + "seats.fr.zip"));
        Assert.Equal(HttpStatusCode.NotFound, await site.StatusAsync(site.Issue("recordings/other/") + "seats.zh.zip"));
        Assert.Equal(HttpStatusCode.NotFound, await site.StatusAsync(site.Issue("courses/lesson/") + "seats.zh.zip"));
        Assert.Equal(HttpStatusCode.NotFound, await site.StatusAsync(site.Issue("recordings/lesson/t1/") + "seats.zh.zip"));
        Assert.Equal(HttpStatusCode.Forbidden, await site.StatusAsync("/media/AAAA/seats.zh.zip"));
        _clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(HttpStatusCode.Forbidden, await site.StatusAsync(site.Link + "seats.zh.zip"));
    }

    [Fact]
    public async Task A_deleted_recording_has_no_archive()
    {
        await using var site = await StartAsync();
        await using var db = site.Database.Create();
        await db.RecordingTracks.ExecuteDeleteAsync(Cancel);

        Assert.Equal(HttpStatusCode.NotFound, await site.StatusAsync(site.Link + "seats.zh.zip"));
    }

    [Fact]
    public async Task What_cannot_be_read_to_its_end_is_cut_off_and_never_looks_whole()
    {
        await using var site = await StartAsync(new ShortStore(new FolderObjectStore(_folder.File("store"))));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => site.Client.GetByteArrayAsync(new Uri(site.Link + "seats.zh.zip", UriKind.Relative), Cancel));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> TextAsync(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        await using var stream = entry.Open();
        await stream.CopyToAsync(content, Cancel);
        return Encoding.UTF8.GetString(content.ToArray()).TrimStart('\uFEFF');
    }

    private async Task<Site> StartAsync(IObjectStore? store = null)
    {
        var database = await TestDatabase.CreateAsync(TestProvider.Sqlite);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        builder.Services.AddClassroomData(null, _folder.File("unused.db"));
        builder.Services.AddRecorder(options =>
        {
            options.Workers = 0;
            options.SpoolFolder = _folder.File("spool");
            options.SecretsFolder = _folder.File("secrets");
            options.StoreFolder = _folder.File("store");
        });
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<IClassroomDbFactory>(database);
        if (store is not null)
        {
            builder.Services.AddSingleton(store);
        }

        var app = builder.Build();
        app.MapRecorder();
        await app.StartAsync(Cancel);
        await SeedAsync(database, app.Services.GetRequiredService<IObjectStore>());
        return new Site(app, database);
    }

    private async Task SeedAsync(TestDatabase database, IObjectStore store)
    {
        await using var db = database.Create();
        db.Regions.Add(new Region { Id = "region", Name = "园区" });
        db.Schools.Add(new School { Id = "school", RegionId = "region", Name = "星海小学", ShortName = "星海" });
        db.Classrooms.Add(new ClassroomRoom { Id = "room", SchoolId = "school", Name = "录播教室1" });
        db.Lessons.Add(new Lesson { Id = "lesson", Title = "分数", State = LessonState.Ended });
        db.Recordings.Add(new Recording
        {
            LessonId = "lesson",
            State = RecordingState.Ready,
            StartedAt = _clock.Now.UtcDateTime,
            Tracks =
            [
                Track("t2", "room", nameof(SeatKind.TeacherCloseUp), 1_200_000), Track("t1", "room", nameof(SeatKind.TeacherCloseUp), 3_250),
                Track("t3", null, "camera", 10_000), Track("t4", "room", nameof(SeatKind.Board), 0, TrackState.Lost),
            ],
        });
        db.Timeline.Add(new TimelineEvent { LessonId = "lesson", Seq = 1, Who = "p", Kind = "join", Body = """{"participantId":"p","name":"王/子涵"}""", Audience = "all" });
        await db.SaveChangesAsync(Cancel);
        foreach (var (id, content) in new[] { ("t1", "close"), ("t2", "closer"), ("t3", "tablet") })
        {
            await store.PutFileAsync($"recordings/lesson/{id}/capture.mkv", _folder.Write("source", Encoding.UTF8.GetBytes(content)), Cancel);
        }
    }

    private static RecordingTrack Track(string id, string? room, string group, long startMs, TrackState state = TrackState.Stored) => new()
    {
        Id = id,
        LessonId = "lesson",
        ParticipantId = "p",
        ClassroomId = room,
        Group = group,
        StartMs = startMs,
        DurationMs = 600_000,
        State = state,
        ObjectKey = state is TrackState.Stored ? $"recordings/lesson/{id}/capture.mkv" : null,
    };

    private sealed class Site(WebApplication app, TestDatabase database) : IAsyncDisposable
    {
        public TestDatabase Database => database;

        public HttpClient Client { get; } = new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

        public string Link { get; } = app.Services.GetRequiredService<IMediaLinks>().Issue("recordings/lesson/", TimeSpan.FromHours(1));

        public string Issue(string prefix) => app.Services.GetRequiredService<IMediaLinks>().Issue(prefix, TimeSpan.FromHours(1));

        public async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var reply = await Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            return reply.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    /// <summary>Loses the last byte of every file.</summary>
    private sealed class ShortStore(IObjectStore inner) : IObjectStore
    {
        public Task<StoreReceipt> PutFileAsync(string key, string path, CancellationToken cancellationToken) => inner.PutFileAsync(key, path, cancellationToken);

        public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken) => inner.HeadAsync(key, cancellationToken);

        public async Task<Stream?> OpenReadAsync(string key, long offset, long? length, CancellationToken cancellationToken) =>
            await inner.HeadAsync(key, cancellationToken) is { } item ? await inner.OpenReadAsync(key, offset, item.Length - 1, cancellationToken) : null;

        public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

        public string? LocalPath(string key) => inner.LocalPath(key);
    }
}
