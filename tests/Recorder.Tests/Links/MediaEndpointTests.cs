using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Store;
using Classroom.Recorder.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Recorder.Tests.Links;

/// <summary>The same requests against the folder (file sent in place) and against S3 (streamed through).</summary>
[Collection(SwiftFixture.Name)]
public sealed class MediaEndpointTests(SwiftFixture swift) : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
    private readonly TempFolder _folder = new();
    private readonly StoppedClock _clock = new(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, null, 200, 0, 200), InlineData(true, null, 200, 0, 200)]
    [InlineData(false, "bytes=10-19", 206, 10, 10), InlineData(true, "bytes=10-19", 206, 10, 10)]
    [InlineData(false, "bytes=190-", 206, 190, 10), InlineData(true, "bytes=190-", 206, 190, 10)]
    [InlineData(false, "bytes=-5", 206, 195, 5), InlineData(true, "bytes=-5", 206, 195, 5)]
    [InlineData(false, "bytes=0-999", 206, 0, 200), InlineData(true, "bytes=0-999", 206, 0, 200)]
    [InlineData(false, "bytes=500-", 416, 0, 0), InlineData(true, "bytes=500-", 416, 0, 0)]
    public async Task Ranges_are_served(bool s3, string? range, int status, int from, int length)
    {
        await using var site = await StartAsync(s3);
        using var request = new HttpRequestMessage(HttpMethod.Get, site.Link + "film.mp4");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var reply = await site.Client.SendAsync(request, Cancel);

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Equal(Content.AsSpan(from, length).ToArray(), await reply.Content.ReadAsByteArrayAsync(Cancel));
        if (status == 206)
        {
            Assert.Equal($"bytes {from}-{from + length - 1}/200", reply.Content.Headers.ContentRange!.ToString());
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Head_tells_length_and_type_without_a_body(bool s3)
    {
        await using var site = await StartAsync(s3);
        using var reply = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, site.Link + "film.mp4"), Cancel);

        Assert.Equal(200, reply.Content.Headers.ContentLength);
        Assert.Equal("video/mp4", reply.Content.Headers.ContentType!.MediaType);
        Assert.True(reply.Headers.CacheControl!.Private);
    }

    [Fact]
    public async Task Without_a_valid_ticket_nothing_is_served()
    {
        await using var site = await StartAsync(s3: false);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.Client.GetAsync("/media/AAAA/film.mp4", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.Client.GetAsync(site.Link + "..%2f..%2ffilm.mp4", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync(site.Link + "other.mp4", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync(site.Link + "notes.txt", Cancel)).StatusCode);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_signed_ticket_that_has_expired_is_refused_and_the_answer_says_what_to_do(bool s3)
    {
        await using var site = await StartAsync(s3);
        var link = site.Link;
        _clock.Now += TimeSpan.FromMinutes(59);
        Assert.Equal(HttpStatusCode.OK, (await site.Client.GetAsync(link + "film.mp4", Cancel)).StatusCode);
        _clock.Now += TimeSpan.FromMinutes(1);
        using var reply = await site.Client.GetAsync(link + "film.mp4", Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("link_expired", problem.GetProperty("code").GetString());
        Assert.Equal("This link has expired. Open the page again.", problem.GetProperty("message").GetString());
        Assert.Null(reply.Headers.ETag);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Site> StartAsync(bool s3)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        builder.Services.AddClassroomData(null, _folder.File("classroom.db"));
        builder.Services.AddRecorder(options =>
        {
            options.Workers = 0;
            options.SpoolFolder = _folder.File("spool");
            options.SecretsFolder = _folder.File("secrets");
            options.StoreFolder = _folder.File("store");
        });
        builder.Services.AddSingleton<TimeProvider>(_clock);
        if (s3)
        {
            builder.Services.AddSingleton(swift.Store);
        }

        var app = builder.Build();
        app.MapRecorder();
        await app.StartAsync(Cancel);
        await app.Services.GetRequiredService<IObjectStore>().PutFileAsync("courses/c/r/film.mp4", _folder.Write("source", Content), Cancel);
        return new Site(app);
    }

    private sealed class Site(WebApplication app) : IAsyncDisposable
    {
        public HttpClient Client { get; } = new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

        public string Link { get; } = app.Services.GetRequiredService<IMediaLinks>().Issue("courses/c/r/", TimeSpan.FromHours(1));

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
        }
    }
}
