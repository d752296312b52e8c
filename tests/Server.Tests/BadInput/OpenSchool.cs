using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Classroom.MediaServer.Tests.Support;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;

namespace Classroom.Server.Tests.BadInput;

[CollectionDefinition]
public sealed class OpenSchoolCollection : ICollectionFixture<OpenSchool>;

/// <summary>The whole server with demo data and its media plane, shared by the tests that throw things at it: each must leave it working.</summary>
public sealed class OpenSchool : IAsyncLifetime
{
    public const string Lesson = "demo";
    private static int s_names;
    private ServerHost _host = null!;
    private HttpClient _client = null!;

    internal ServerHost Host => _host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await ServerHost.StartAsync(("CLASSROOM_DEMO", "1"), ("CLASSROOM_PUBLIC_IP", "127.0.0.1"), ("CLASSROOM_LOG_LEVEL", "Error"));
        _client = _host.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    internal string Token(LessonRole role, string lesson = Lesson, TimeSpan? lifetime = null) =>
        JoinTokens.Issue(_host.Options.DataFolder, new JoinGrant(lesson, role), lifetime ?? TimeSpan.FromHours(1));

    internal async Task<Answer> SendAsync(HttpMethod method, string path, string? bearer = null, HttpContent? content = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var reply = await _client.SendAsync(request, Cancel);
        return new Answer((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(Cancel), [.. reply.Headers.Concat(reply.Content.Headers).Select(header => $"{header.Key}: {string.Join(',', header.Value)}")]);
    }

    internal async Task<string> SignInAsync(string userName)
    {
        using var content = JsonContent.Create(new SignInRequest(userName, "classroom"));
        var answer = await SendAsync(HttpMethod.Post, "/api/sign-in", content: content);
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Headers.Single(header => header.StartsWith("Set-Cookie: ", StringComparison.Ordinal))["Set-Cookie: ".Length..].Split(';')[0];
    }

    /// <summary>A publication name that no other test has: a name belongs to the token that took it.</summary>
    internal static string NewName() => $"camera-{Interlocked.Increment(ref s_names)}";

    internal static HttpContent Text(string text, string type) => new StringContent(text, Encoding.UTF8, type);

    internal async Task<TestPeer> PublishAsync(string group)
    {
        var peer = new TestPeer();
        var answer = await SendAsync(HttpMethod.Post, $"/whip/{Lesson}/{group}", Token(LessonRole.Publisher), Text(peer.PublishOffer(), "application/sdp"));
        Assert.True(answer.Status == 201, answer.Body);
        await peer.ConnectAsync(answer.Body);
        return peer;
    }

    internal async Task<TestPeer> ViewAsync(string group)
    {
        var peer = new TestPeer();
        var answer = await SendAsync(HttpMethod.Post, $"/whep/{Lesson}/{group}", Token(LessonRole.Viewer), Text(peer.ViewOffer(), "application/sdp"));
        Assert.True(answer.Status == 201, answer.Body);
        await peer.ConnectAsync(answer.Body);
        return peer;
    }

    /// <summary>The counters of refused datagrams, as /metrics shows them.</summary>
    internal async Task<Dictionary<string, long>> RefusedAsync()
    {
        var text = (await SendAsync(HttpMethod.Get, "/metrics")).Body;
        return text.Split('\n').Where(line => line.StartsWith("classroom_media_refused_total{", StringComparison.Ordinal))
            .Select(line => line.Split('"', ' '))
            .ToDictionary(words => words[1], words => long.Parse(words[^1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    /// <summary>It is ready, pages are let in, and a new camera is taken.</summary>
    internal async Task StillWorksAsync()
    {
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "/readyz")).Status);
        var cookie = await SignInAsync("teacher1");
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "/api/today", cookie: cookie)).Status);
        using var peer = await PublishAsync(NewName());
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string Body, IReadOnlyList<string> Headers)
{
    /// <summary>"415 not_sdp": what the user sees.</summary>
    public string Refusal
    {
        get
        {
            var error = JsonSerializer.Deserialize<ApiError>(Body.Length > 0 ? Body : "{}", JsonSerializerOptions.Web)!;
            Assert.False(string.IsNullOrWhiteSpace(error.Message), $"{Status} without words: {Body}");
            Assert.False(string.IsNullOrWhiteSpace(error.TraceId), $"{Status} without a trace id: {Body}");
            return $"{Status} {error.Code}";
        }
    }
}
