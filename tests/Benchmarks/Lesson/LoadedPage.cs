using System.Diagnostics;
using System.Text.Json;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Benchmarks.Lesson;

/// <summary>One page of a lesson without its browser: joins, acts, and notes when it hears of what the others did.</summary>
internal sealed class LoadedPage : IAsyncDisposable
{
    private readonly HubClient _hub;
    private readonly Spread _delays;
    private readonly HashSet<long> _heard = [];
    private Task _reading = Task.CompletedTask;

    private LoadedPage(HubClient hub, JoinReply reply, Spread delays)
    {
        (_hub, Id, _delays) = (hub, reply.ParticipantId, delays);
        foreach (var told in reply.Events)
        {
            Note(told);
        }
    }

    public string Id { get; }

    /// <summary>Events that came twice.</summary>
    public int Doubled { get; private set; }

    /// <summary>Events that were not for this page alone.</summary>
    public int Shared { get; private set; }

    /// <summary>Answers of this page, or, for the teacher, of everybody.</summary>
    public int Answers => _heard.Count - Shared;

    /// <summary>The question that was asked last.</summary>
    public string Question { get; private set; } = "";

    public static async Task<LoadedPage> JoinAsync(Uri hub, string token, Spread delays)
    {
        var client = await HubClient.ConnectAsync(hub, token);
        var page = new LoadedPage(client, await client.CallAsync<JoinReply>("Join", new JoinRequest(null, 0, null)), delays);
        page._reading = page.ReadAsync();
        return page;
    }

    /// <summary>A word that carries the time at which it was said.</summary>
    public static string Stamp() => Stopwatch.GetTimestamp().ToString("D20", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A command, with a key of its own.</summary>
    /// <returns>Milliseconds until it was acknowledged.</returns>
    public Task<double> DoAsync(string command, params object?[] arguments) => SayAsync(command, [Guid.NewGuid().ToString("N"), .. arguments]);

    /// <summary>A call without a key.</summary>
    /// <returns>Milliseconds until it was answered.</returns>
    public async Task<double> SayAsync(string method, params object?[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        await _hub.CallAsync(method, arguments);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (var message in _hub.Messages.ReadAllAsync())
        {
            if (message.Target != "Events")
            {
                continue;
            }

            foreach (var told in message.Arguments[0].EnumerateArray())
            {
                Note(told.Deserialize<EventDto>(HubClient.Json)!);
            }
        }
    }

    private void Note(EventDto told)
    {
        Doubled += _heard.Add(told.Seq) ? 0 : 1;
        Shared += told.Kind == "answer" ? 0 : 1;

        if (told.Kind == "question.ask")
        {
            Question = told.Body.GetProperty("questionId").GetString()!;
        }

        if (StampOf(told) is { } stamp)
        {
            _delays.Add(Stopwatch.GetElapsedTime(stamp).TotalMilliseconds);
        }
    }

    private static long? StampOf(EventDto told)
    {
        var text = told.Kind switch
        {
            "chat" => told.Body.GetProperty("text"),
            "stroke" => told.Body.GetProperty("id"),
            "answer" => told.Body.GetProperty("value").GetProperty("text"),
            _ => default,
        };
        return text.ValueKind == JsonValueKind.String && long.TryParse(text.GetString(), out var stamp) ? stamp : null;
    }
}
