using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Serialization;
using Classroom.Data;
using Classroom.Recorder.Contracts;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Server.Tests.Roles;

/// <summary>Pages and media in one process, films in others: they share PostgreSQL, the spool and the store, and nothing else.</summary>
[Trait("Category", "Slow")]
[UnsupportedOSPlatform("windows")]
public sealed class WorkerProcessTests : IAsyncLifetime
{
    private const string LessonId = "demo";
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly string _shared = Directory.CreateTempSubdirectory("classroom-shared-").FullName;
    private TestDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Go => Path.Combine(_shared, "go");

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestProvider.Postgres);
        await WriteFfmpegThatWaitsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // An encoder whose worker was killed ends by itself once it may go.
        await File.WriteAllTextAsync(Go, "", CancellationToken.None);
        await _database.DisposeAsync();
        Directory.Delete(_shared, recursive: true);
    }

    [Fact]
    public async Task A_worker_takes_over_what_a_killed_one_left_and_the_pages_see_it()
    {
        await using var web = await StartAsync("web,media");
        using var browser = await SignInAsync(web);
        await CaptureAsync();
        var jobId = await QueueAsync();

        await using (var first = await StartAsync("worker"))
        {
            var running = await SeeAsync(browser, jobId, job => job.State == JobState.Running);
            Assert.Equal(1, running.Attempts);
            await first.KillAsync();
        }

        await File.WriteAllTextAsync(Go, "", Cancel);
        await using var second = await StartAsync("worker");
        var done = await SeeAsync(browser, jobId, job => job.State == JobState.Done);

        Assert.Equal((1.0, 2), (done.Progress, done.Attempts));
        await using var db = _database.Create();
        Assert.Equal(RecordingState.Ready, (await db.Recordings.SingleAsync(Cancel)).State);
        Assert.True(File.Exists(Path.Combine(_shared, "store", (await db.RecordingTracks.SingleAsync(Cancel)).PlaylistKey!)));
    }

    private Task<ServerProcess> StartAsync(string roles) => ServerProcess.StartAsync(
        Cancel,
        ("CLASSROOM_ROLES", roles),
        ("CLASSROOM_DATABASE", _database.ConnectionString),
        ("CLASSROOM_SPOOL_FOLDER", Path.Combine(_shared, "spool")),
        ("CLASSROOM_STORE_FOLDER", Path.Combine(_shared, "store")),
        ("CLASSROOM_FFMPEG", Path.Combine(_shared, "ffmpeg")));

    /// <summary>As FFmpeg, but it begins only when the test lets it.</summary>
    private async Task WriteFfmpegThatWaitsAsync()
    {
        var script = Path.Combine(_shared, "ffmpeg");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\nwhile [ ! -e {Go} ]; do sleep 0.1; done\nexec /usr/bin/ffmpeg \"$@\"\n", Cancel);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(_shared, "ffprobe"), "/usr/bin/ffprobe");
    }

    private static async Task<HttpClient> SignInAsync(ServerProcess web)
    {
        var browser = new HttpClient { BaseAddress = web.Address };
        using var reply = await browser.PostAsJsonAsync("/api/sign-in", new SignInRequest("admin", "classroom"), Cancel);
        reply.EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>A seat of the demo lesson lies captured in the spool.</summary>
    private async Task CaptureAsync()
    {
        var file = Path.Combine(_shared, "spool", LessonId, "seat.mkv");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string[] arguments = ["-v", "error", "-f", "lavfi", "-i", "testsrc=s=320x180:r=25", "-t", "2", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-write_crc32", "0", file];
        using var ffmpeg = Process.Start(new ProcessStartInfo("/usr/bin/ffmpeg", arguments))!;
        await ffmpeg.WaitForExitAsync(Cancel);
        Assert.Equal(0, ffmpeg.ExitCode);
        await using var db = _database.Create();
        db.Recordings.Add(new Recording { LessonId = LessonId, State = RecordingState.Finishing, StartedAt = DateTime.UnixEpoch });
        db.RecordingTracks.Add(new RecordingTrack
        {
            LessonId = LessonId,
            ParticipantId = "seat",
            Group = "camera",
            VideoCodec = "H264",
            Width = 320,
            Height = 180,
            DurationMs = 2000,
            State = TrackState.Captured,
            SpoolFile = $"{LessonId}/seat.mkv",
        });
        await db.SaveChangesAsync(Cancel);
    }

    private Task<string> QueueAsync() =>
        new JobQueue(_database, TimeProvider.System).EnqueueAsync(JobKinds.FinishRecording, LessonId, cancellationToken: Cancel);

    /// <summary>Asks the pages' process until it shows the job so.</summary>
    private static async Task<JobInfo> SeeAsync(HttpClient browser, string jobId, Func<JobInfo, bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        while (true)
        {
            var job = (await browser.GetFromJsonAsync<JobInfo>($"/api/jobs/{jobId}", s_json, patience.Token))!;
            Assert.NotEqual(JobState.Failed, job.State);
            if (isSo(job))
            {
                return job;
            }

            await Task.Delay(100, patience.Token);
        }
    }
}
