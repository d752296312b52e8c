using System.Text.Json;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests;

/// <summary>A page in a lesson: keeps the events it has got, as pages do.</summary>
internal sealed class Page(HubClient hub, string token) : IAsyncDisposable
{
    private int _keys;

    public HubClient Hub => hub;

    public string Token => token;

    public JoinReply Reply { get; private set; } = null!;

    public string Id => Reply.ParticipantId;

    public List<EventDto> Events { get; } = [];

    public async Task<JoinReply> JoinAsync(string? resumeToken = null, long lastSeq = 0, string? name = null)
    {
        Reply = await hub.CallAsync<JoinReply>("Join", new JoinRequest(resumeToken, lastSeq, name));
        Take(Reply.Events);
        return Reply;
    }

    /// <summary>Calls a command with a fresh key.</summary>
    public Task<Ack> DoAsync(string method, params object?[] arguments) => hub.CallAsync<Ack>(method, [$"key-{++_keys}", .. arguments]);

    public async Task<string> RefusalOfAsync(string method, params object?[] arguments) =>
        (await Assert.ThrowsAsync<HubRefusal>(() => DoAsync(method, arguments))).Message;

    /// <summary>The newest event of a kind, waiting for it if it has not come.</summary>
    public async Task<EventDto> SeesAsync(string kind, Func<JsonElement, bool>? which = null)
    {
        while (true)
        {
            if (Events.FindLast(e => e.Kind == kind && (which is null || which(e.Body))) is { } found)
            {
                return found;
            }

            Take((await hub.NextAsync("Events"))[0].Deserialize<EventDto[]>(HubClient.Json)!);
        }
    }

    /// <summary>Waits until all events up to one have come.</summary>
    public async Task CatchUpAsync(long seq)
    {
        while (Events.Count == 0 || Events[^1].Seq < seq)
        {
            Take((await hub.NextAsync("Events"))[0].Deserialize<EventDto[]>(HubClient.Json)!);
        }
    }

    public async Task<string> ClosedAsync() => (await hub.NextAsync("Closed"))[0].GetString()!;

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    // An event may overtake the answer of the join: what is known is not taken twice.
    private void Take(EventDto[] events) => Events.AddRange(events.Where(e => Events.Count == 0 || e.Seq > Events[^1].Seq));
}
