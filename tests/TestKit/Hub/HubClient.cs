using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Classroom.TestKit.Hub;

/// <summary>A small SignalR client: one WebSocket, the JSON hub protocol, no reconnecting.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const char RecordSeparator = '\u001e';

    /// <summary>Camel case and enums by name, as the server writes them.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly ClientWebSocket _socket;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly Channel<HubMessage> _messages = Channel.CreateUnbounded<HubMessage>();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private Task _reading = Task.CompletedTask;
    private int _invocation;

    private HubClient(ClientWebSocket socket) => _socket = socket;

    /// <summary>What the server called on this client, in order; completes when the connection ends.</summary>
    public ChannelReader<HubMessage> Messages => _messages.Reader;

    /// <param name="hub">For example http://127.0.0.1:5000/hubs/classroom; the token goes into the query.</param>
    public static async Task<HubClient> ConnectAsync(Uri hub, string? token, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        var scheme = hub.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        var separator = hub.Query.Length > 0 ? "&" : "?";
        var address = new UriBuilder(hub) { Scheme = scheme, Port = hub.Port }.Uri + (token is null ? "" : $"{separator}access_token={token}");
        await socket.ConnectAsync(new Uri(address), cancellationToken);
        var client = new HubClient(socket);
        await client.SendAsync(new { protocol = "json", version = 1 }, cancellationToken);
        client._reading = Task.Run(client.ReadAsync, CancellationToken.None);
        return client;
    }

    /// <exception cref="HubRefusal">The server refused; the code is the hub exception's message.</exception>
    public async Task<T> CallAsync<T>(string method, params object?[] arguments)
    {
        var result = await CallAsync(method, arguments);
        return result.Deserialize<T>(Json)!;
    }

    public async Task<JsonElement> CallAsync(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _invocation).ToString();
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        await SendAsync(new { type = 1, invocationId = id, target = method, arguments }, CancellationToken.None);
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Waits for the next call of a target, passing over others.</summary>
    public async Task<JsonElement[]> NextAsync(string target) => (await NextOfAsync(target)).Arguments;

    /// <summary>The next call of one of these methods; what else was called before it is passed over.</summary>
    public async Task<(string Target, JsonElement[] Arguments)> NextOfAsync(params string[] targets)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var message = await _messages.Reader.ReadAsync(patience.Token);
            if (targets.Contains(message.Target))
            {
                return (message.Target, message.Arguments);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task SendAsync(object message, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(message, Json) + RecordSeparator;
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        using var pending = new MemoryStream();
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                var received = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                pending.Write(buffer, 0, received.Count);
                if (received.EndOfMessage)
                {
                    HandleAll(Encoding.UTF8.GetString(pending.ToArray()));
                    pending.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The server or the test cut the connection: the calls below are told.
        }
        finally
        {
            _messages.Writer.TryComplete();
            foreach (var call in _calls.Values)
            {
                call.TrySetException(new HubRefusal("connection_closed"));
            }
        }
    }

    private void HandleAll(string text)
    {
        foreach (var record in text.Split(RecordSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            Handle(JsonDocument.Parse(record).RootElement);
        }
    }

    private void Handle(JsonElement message)
    {
        switch (message.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case 1:
                _messages.Writer.TryWrite(new HubMessage(message.GetProperty("target").GetString()!, [.. message.GetProperty("arguments").EnumerateArray()]));
                break;
            case 3 when _calls.TryRemove(message.GetProperty("invocationId").GetString()!, out var call):
                Answer(call, message);
                break;
        }
    }

    private static void Answer(TaskCompletionSource<JsonElement> call, JsonElement message)
    {
        if (!message.TryGetProperty("error", out var error))
        {
            call.TrySetResult(message.TryGetProperty("result", out var result) ? result : default);
            return;
        }

        // "An unexpected error occurred invoking 'X' on the server. HubException: code"
        var text = error.GetString() ?? "";
        call.TrySetException(new HubRefusal(text[(text.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..]));
    }
}

/// <summary>A call from the server.</summary>
public sealed record HubMessage(string Target, JsonElement[] Arguments);

/// <summary>A refused call, with its code as the message.</summary>
public sealed class HubRefusal(string code) : Exception(code);
