using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Classroom.Data;
using Classroom.Recorder.Store;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Recorder.Tests.Pipeline;

/// <summary>From the spool to the player with a real S3 server between: nothing of it lies on the worker's disk afterwards.</summary>
[Collection(SwiftFixture.Name)]
public sealed class S3JobTests(SwiftFixture swift)
{
    private const string Seat = "room1/TeacherCloseUp";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_becomes_a_film_and_is_played_in_ranges_out_of_the_bucket()
    {
        await using var rig = await PipelineRig.CreateAsync(store: swift.Store);
        await rig.AddTrackAsync(Seat, "red", 0, 4);
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.FinishRecording, PipelineRig.LessonId));
        Assert.Empty(Directory.EnumerateFiles(rig.Options.Value.SpoolFolder, "*.mkv", SearchOption.AllDirectories));
        var course = await rig.AddCourseAsync(new EditClip(1_000, 3_000, EditLayout.Single, [Seat]));
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));

        await using var db = rig.Database.Create();
        var (track, film) = (await db.RecordingTracks.SingleAsync(Cancel), await db.Renditions.SingleAsync(Cancel));
        var capture = await ReadAsync(track.ObjectKey!);
        Assert.Equal(track.Sha256, Convert.ToHexStringLower(SHA256.HashData(capture)));
        Assert.NotNull(await swift.Store.HeadAsync(track.PlaylistKey!, Cancel));
        Assert.False(Directory.Exists(Path.Combine(rig.Options.Value.SpoolFolder, "work")) && Directory.EnumerateFiles(Path.Combine(rig.Options.Value.SpoolFolder, "work"), "*", SearchOption.AllDirectories).Any());
        await PlaysInRangesAsync(rig, film.Mp4Key, await ReadAsync(film.Mp4Key));
    }

    private async Task PlaysInRangesAsync(PipelineRig rig, string key, byte[] film)
    {
        await using var app = await StartAsync(rig);
        var link = app.Services.GetRequiredService<IMediaLinks>().IssueFile(key, TimeSpan.FromMinutes(5));
        using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        var half = film.Length / 2;
        using var request = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new RangeHeaderValue(half, null) } };
        using var reply = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Assert.Equal($"bytes {half}-{film.Length - 1}/{film.Length}", reply.Content.Headers.ContentRange!.ToString());
        Assert.True((await reply.Content.ReadAsByteArrayAsync(Cancel)).AsSpan().SequenceEqual(film.AsSpan(half)));

        // FFmpeg seeks by ranges as a player does.
        var address = new Uri(client.BaseAddress, link).ToString();
        Assert.Equal(50, CaptureTests.Frames(address, "v:0"));
        Assert.Equal("red", Pixels.At(address, 49, 0.5, 0.5));
    }

    private async Task<WebApplication> StartAsync(PipelineRig rig)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        builder.Services.AddClassroomData(null, rig.Folder.File("site.db"));
        builder.Services.AddRecorder(options =>
        {
            options.Workers = 0;
            options.SpoolFolder = rig.Folder.File("site-spool");
            options.SecretsFolder = rig.Folder.File("secrets");
        });
        builder.Services.AddSingleton(swift.Store);
        var app = builder.Build();
        app.MapRecorder();
        await app.StartAsync(Cancel);
        return app;
    }

    private async Task<byte[]> ReadAsync(string key)
    {
        await using var stream = await swift.Store.OpenReadAsync(key, 0, null, Cancel);
        using var memory = new MemoryStream();
        await stream!.CopyToAsync(memory, Cancel);
        return memory.ToArray();
    }
}
