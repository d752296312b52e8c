using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Classroom.Data;
using Classroom.MediaServer;
using Classroom.MediaServer.Tests.Support;
using Classroom.Server.Tests.BadInput;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Rtsp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Server.Tests.Sources;

/// <summary>Streams of appliances in lessons: a real FFmpeg takes them from a real RTSP server, or from FFmpeg's own RTMP.</summary>
[Collection(typeof(OpenSchoolCollection))]
public sealed class ApplianceTests(OpenSchool school)
{
    private const string Secret = "s3cret-word";
    private const string Seat = "TeacherCloseUp";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_appliance_is_a_seat_that_is_seen_heard_recorded_and_comes_back_after_it_was_away()
    {
        var folder = Directory.CreateTempSubdirectory("appliance-films-").FullName;
        var (copied, encoded) = (Film.Make(folder, bFrames: 0), Film.Make(folder, bFrames: 2));
        var (technician, teacher) = (await school.SignInAsync("technician"), await school.SignInAsync("teacher1"));
        var sources = $"/api/admin/classrooms/{await ClassroomAsync(teacher)}/sources";
        var media = school.Host.App.Services.GetRequiredService<IMediaServer>();
        int port;
        await using (var appliance = await Appliance.StartAsync(copied, Secret))
        {
            port = appliance.Port;
            await PutAsync(sources, technician, appliance.Address);
            Assert.Null((await UntilAsync(teacher, SourcePhase.Live)).Format!.WhyEncoded);
            Assert.DoesNotContain(CommandLines(), line => line.Contains(Secret, StringComparison.Ordinal));
            Assert.Contains("classroom_sources{state=\"Live\"} 1\n", (await school.SendAsync(HttpMethod.Get, "/metrics")).Body, StringComparison.Ordinal);
            await media.SetRecordingAsync(OpenSchool.Lesson, new RecordingSwitch(true, DateTimeOffset.UtcNow), Cancel);
            await WatchAsync(folder);
            await media.SetRecordingAsync(OpenSchool.Lesson, new RecordingSwitch(false, DateTimeOffset.UtcNow), Cancel);
            await RecordedAsync();
        }

        Assert.Contains((await UntilAsync(teacher, SourcePhase.NoSignal)).Trouble, new[] { "stalled", "broken_stream", "unreachable" });

        // It comes back with a film that receivers could not play as it is.
        await using (await Appliance.StartAsync(encoded, Secret, port))
        {
            Assert.Equal("b_frames", (await UntilAsync(teacher, SourcePhase.Live)).Format!.WhyEncoded);
            await WatchAsync(folder);
            await PutAsync(sources, technician, "");
            Assert.DoesNotContain(CommandLines(), line => line.Contains("classroom-source-", StringComparison.Ordinal));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_test_tells_what_comes_and_why_nothing_comes()
    {
        var folder = Directory.CreateTempSubdirectory("appliance-films-").FullName;
        var film = Film.Make(folder, bFrames: 0);
        var (technician, teacher) = (await school.SignInAsync("technician"), await school.SignInAsync("teacher1"));
        var test = $"/api/admin/classrooms/{await ClassroomAsync(teacher)}/sources/test";
        await using (var appliance = await Appliance.StartAsync(film, Secret))
        {
            Assert.Equal("wrong_password", (await TestAsync(test, technician, appliance.AddressWith("wrong"))).Trouble);
        }

        Assert.Equal("unreachable", (await TestAsync(test, technician, $"rtsp://127.0.0.1:{FreePort.Take()}/live")).Trouble);
        var port = FreePort.Take();
        using var rtmp = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "quiet", "-re", "-i", film, "-c", "copy", "-f", "flv", "-listen", "1", $"rtmp://127.0.0.1:{port}/live/room"]))!;
        SourceTestReply reply;
        while ((reply = await TestAsync(test, technician, $"rtmp://127.0.0.1:{port}/live/room")).Trouble == "unreachable")
        {
            // FFmpeg does not listen yet.
        }

        Assert.Equal(new SourceFormat("h264", "Main", 320, 180, 25, "aac", WhyEncoded: null), reply.Format);
        rtmp.Kill();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("http://127.0.0.1/live.m3u8")]
    [InlineData("file:///etc/passwd")]
    [InlineData("rtsp://camera/live\nfile '/etc/passwd'")]
    [InlineData("rtsp:///live")]
    [InlineData("not an address")]
    public async Task Anything_but_an_address_of_a_stream_is_refused(string address)
    {
        var technician = await school.SignInAsync("technician");
        var sources = $"/api/admin/classrooms/{await ClassroomAsync(await school.SignInAsync("teacher1"))}/sources";
        using var save = JsonContent.Create(new ClassroomSourcesSave([new ClassroomSourceInput(Seat, address)]));
        Assert.Equal("400 bad_source_address", (await school.SendAsync(HttpMethod.Put, sources, cookie: technician, content: save)).Refusal);
        using var test = JsonContent.Create(new SourceTest(address));
        Assert.Equal("400 bad_source_address", (await school.SendAsync(HttpMethod.Post, $"{sources}/test", cookie: technician, content: test)).Refusal);
    }

    /// <summary>A viewer gets key frames and sound, and a decoder takes the pictures without a complaint.</summary>
    private async Task WatchAsync(string folder)
    {
        using var viewer = new TestPeer { Picture = "H264" };
        using var received = new Received(viewer);
        var answer = await school.SendAsync(HttpMethod.Post, $"/whep/{OpenSchool.Lesson}/{Seat}", school.Token(LessonRole.Viewer), OpenSchool.Text(viewer.ViewOffer(), "application/sdp"));
        Assert.True(answer.Status == 201, answer.Body);
        await viewer.ConnectAsync(answer.Body);
        await EventuallyAsync(() => Task.FromResult(received.Has(keys: 3, sounds: 25)));
        var file = Path.Combine(folder, "received.h264");
        await File.WriteAllBytesAsync(file, received.Pictures(), Cancel);
        Assert.Matches("^h264 320 180 [1-9][0-9]+$", Film.Decode(file, "v:0"));
    }

    /// <summary>The recorder has the seat with picture and sound, and both can be decoded.</summary>
    private async Task RecordedAsync()
    {
        await using var db = school.Host.App.Services.GetRequiredService<IClassroomDbFactory>().Create();
        RecordingTrack? track = null;
        await EventuallyAsync(async () => (track = await db.RecordingTracks.AsNoTracking().FirstOrDefaultAsync(t => t.State == TrackState.Captured, Cancel)) is not null);
        Assert.Equal(("H264", "opus", 320), (track!.VideoCodec, track.AudioCodec, track.Width));
        var file = Path.Combine(school.Host.Options.SpoolFolder!, OpenSchool.Lesson, $"{track.Id}.mkv");

        // From its first key frame until the viewer had seen three: how many that are is the machine's affair.
        Assert.Matches("^h264 320 180 [1-9][0-9]*$", Film.Decode(file, "v:0"));
        Assert.Matches("^opus 48000 [1-9][0-9]+$", Film.Decode(file, "a:0"));
    }

    private async Task<string> ClassroomAsync(string cookie)
    {
        var lesson = JsonDocument.Parse((await school.SendAsync(HttpMethod.Get, $"/api/lessons/{OpenSchool.Lesson}", cookie: cookie)).Body).RootElement;
        return lesson.GetProperty("plan").GetProperty("classrooms")[0].GetProperty("classroomId").GetString()!;
    }

    private async Task PutAsync(string path, string cookie, string address)
    {
        using var content = JsonContent.Create(new ClassroomSourcesSave([new ClassroomSourceInput(Seat, address)]));
        var answer = await school.SendAsync(HttpMethod.Put, path, cookie: cookie, content: content);
        Assert.True(answer.Status == 200, answer.Body);
        if (address.Length == 0)
        {
            await EventuallyAsync(async () => (await StatusAsync(await school.SignInAsync("teacher1"))) is null);
        }
    }

    private async Task<SourceTestReply> TestAsync(string path, string cookie, string address)
    {
        using var content = JsonContent.Create(new SourceTest(address));
        var answer = await school.SendAsync(HttpMethod.Post, path, cookie: cookie, content: content);
        Assert.True(answer.Status == 200, answer.Body);
        return JsonSerializer.Deserialize<SourceTestReply>(answer.Body, JsonSerializerOptions.Web)!;
    }

    private async Task<SourceStatus> UntilAsync(string cookie, SourcePhase phase)
    {
        SourceStatus? status = null;
        await EventuallyAsync(async () => (status = await StatusAsync(cookie))?.Phase == phase);
        return status!;
    }

    private async Task<SourceStatus?> StatusAsync(string cookie)
    {
        var answer = await school.SendAsync(HttpMethod.Get, $"/api/lessons/{OpenSchool.Lesson}/sources", cookie: cookie);
        Assert.DoesNotContain(Secret, answer.Body, StringComparison.Ordinal);
        return JsonSerializer.Deserialize<LessonSource[]>(answer.Body, HubJson)!.SingleOrDefault()?.Status;
    }

    private static JsonSerializerOptions HubJson => TestKit.Hub.HubClient.Json;

    // What every account of the machine can read.
    private static IEnumerable<string> CommandLines() => Process.GetProcessesByName("ffmpeg").Concat(Process.GetProcessesByName("ffprobe")).Select(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    });

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
