using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>Calls of the HTTP interface as a signed-in page makes them, for what the test prepares or checks beside the pages.</summary>
public sealed class ServerCalls : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly HttpClient _client;

    private ServerCalls(Uri server) => _client = new HttpClient { BaseAddress = server };

    public static async Task<ServerCalls> SignInAsync(Uri server, string userName)
    {
        var calls = new ServerCalls(server);
        await calls.PostAsync<JsonElement>("/api/sign-in", new { userName, password = "classroom" });
        return calls;
    }

    public async Task<T> GetAsync<T>(string path) =>
        (await _client.GetFromJsonAsync<T>(path, s_json, TestContext.Current.CancellationToken))!;

    public async Task<T> PostAsync<T>(string path, object? body = null)
    {
        using var reply = await _client.PostAsJsonAsync(path, body ?? new { }, s_json, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {(int)reply.StatusCode} {text}");
        return text.Length > 0 ? JsonSerializer.Deserialize<T>(text, s_json)! : default!;
    }

    public async Task PutAsync(string path, object body)
    {
        using var reply = await _client.PutAsJsonAsync(path, body, s_json, TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    /// <summary>Fetches a file below a signed path into a folder.</summary>
    public async Task<string> DownloadAsync(string path, string folder)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("N") + Path.GetExtension(path));
        await using var from = await _client.GetStreamAsync(path, TestContext.Current.CancellationToken);
        await using var to = File.Create(file);
        await from.CopyToAsync(to, TestContext.Current.CancellationToken);
        return file;
    }

    public void Dispose() => _client.Dispose();
}
