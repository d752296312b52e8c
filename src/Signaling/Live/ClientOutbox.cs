using System.Threading.Channels;
using Classroom.MediaServer;
using Classroom.MediaServer.Bandwidth;
using Classroom.Signaling.Contracts;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Live;

/// <summary>
/// What a page is to be told, in order. Lessons and media loops put messages in and go on at once; a page that does not
/// take them in time is cut off, and comes back for the rest with its resume token.
/// </summary>
internal sealed partial class ClientOutbox(IClassroomClient client, Action abort, ILogger logger)
{
    private const int Capacity = 1024;
    private const int MostBeforePassing = 16;
    private readonly Channel<Func<IClassroomClient, Task>> _messages =
        Channel.CreateBounded<Func<IClassroomClient, Task>>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public void Events(EventDto[] events) => Put(page => page.Events(events));

    public void SubscribeOffer(int revision, string sdp, IReadOnlyDictionary<string, string> tracks)
    {
        var copy = new Dictionary<string, string>(tracks);
        Put(page => page.SubscribeOffer(revision, sdp, copy));
    }

    public void Limits(IReadOnlyDictionary<string, LimitReason> limits)
    {
        var reasons = limits.ToDictionary(limit => limit.Key, limit => limit.Value.ToString());
        Put(page => page.Limits(reasons));
    }

    public void TransportState(TransportKind kind, TransportState state) => Put(page => page.TransportState(kind.ToString(), state.ToString()));

    public void LayersWanted(string mid, IReadOnlyList<string> rids)
    {
        string[] copy = [.. rids];
        Put(page => page.LayersWanted(mid, copy));
    }

    /// <summary>Something that passes: only to a page that has little to take yet.</summary>
    public void Passing(string who, PassingInk ink)
    {
        if (_messages.Reader.Count < MostBeforePassing)
        {
            Put(page => ink.From > 0 ? page.PassingOn(who, ink.Id, ink.From, ink.Points) : page.Passing(who, ink));
        }
    }

    /// <summary>The last message: the page must not come back.</summary>
    public void Close(string code)
    {
        Put(page => page.Closed(code));
        Complete();
    }

    /// <summary>The page is out or gone: nothing more is taken from it either.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>No more messages: the connection is gone.</summary>
    public void Complete()
    {
        IsComplete = true;
        _messages.Writer.TryComplete();
    }

    /// <summary>Sends until the outbox is completed. Started after the join was answered.</summary>
    public async Task PumpAsync()
    {
        try
        {
            await foreach (var send in _messages.Reader.ReadAllAsync())
            {
                await send(client);
            }
        }
        catch (Exception exception)
        {
            Log.SendFailed(logger, exception);
            Complete();
            abort();
        }
    }

    private void Put(Func<IClassroomClient, Task> send)
    {
        if (!_messages.Writer.TryWrite(send) && _messages.Reader.Count >= Capacity)
        {
            Log.TooSlow(logger);
            Complete();
            abort();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A page could not be told something; its connection is cut.")]
        public static partial void SendFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "A page is too slow to take its messages; its connection is cut and may resume.")]
        public static partial void TooSlow(ILogger logger);
    }
}
