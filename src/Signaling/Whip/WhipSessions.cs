using System.Collections.Concurrent;
using System.Threading.Channels;
using Classroom.MediaServer;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Whip;

/// <summary>The WHIP and WHEP sessions of this node: bounded, and gone with their transport.</summary>
internal sealed partial class WhipSessions(IMediaServer media, IOptions<SignalingOptions> options, TimeProvider time, ILogger<WhipSessions> logger) : BackgroundService
{
    /// <summary>How long a client may take from its answer to its first packet.</summary>
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(45);
    private readonly ConcurrentDictionary<string, WhipSession> _sessions = new();
    private readonly Channel<WhipSession> _over = Channel.CreateUnbounded<WhipSession>(new UnboundedChannelOptions { SingleReader = true });

    public int Count => _sessions.Count;

    public bool IsFull => _sessions.Count >= options.Value.WhipSessions;

    public WhipSession? Find(string id, TransportKind kind) => _sessions.TryGetValue(id, out var session) && session.Kind == kind ? session : null;

    /// <summary>The session that publishes under a name in a lesson.</summary>
    public WhipSession? Publisher(string lessonId, string group) =>
        _sessions.Values.FirstOrDefault(session => session.Kind == TransportKind.Publish && session.Room.Id == lessonId && session.Group == group);

    /// <summary>Joins the lesson and negotiates. Refusals leave nothing behind.</summary>
    public async Task<(WhipSession Session, string Answer)> StartAsync(TransportKind kind, LessonRoom room, JoinGrant grant, string group, string offer, CancellationToken cancellationToken)
    {
        var session = new WhipSession(kind, room, grant, group, time.GetUtcNow(), over => _over.Writer.TryWrite(over));
        var place = grant with { LessonId = room.Id, ParticipantId = session.ParticipantId };
        var name = grant.Name ?? (kind == TransportKind.Publish ? group : grant.Role.ToString());
        await room.JoinHeadlessAsync(new Arrival(place, name, LastSeq: 0, Pupil: null, Outbox: null, Headless: session));
        try
        {
            if (kind == TransportKind.Subscribe)
            {
                await room.DemandMayWatchAsync(session.ParticipantId, group);
            }

            var answer = kind == TransportKind.Publish
                ? await media.PublishAsync(room.Id, session.ParticipantId, offer, OfferedSections.AllAs(offer, group), cancellationToken)
                : await media.SubscribeByOfferAsync(room.Id, session.ParticipantId, offer, group, cancellationToken);
            session.ETag = answer.ETag.Trim('"');
            _sessions[session.Id] = session;
            return (session, answer.Sdp);
        }
        catch
        {
            await LeaveAsync(session);
            throw;
        }
    }

    public async Task EndAsync(WhipSession session)
    {
        _sessions.TryRemove(session.Id, out _);
        await LeaveAsync(session);
    }

    /// <summary>Ends what never connected.</summary>
    public async Task SweepAsync()
    {
        var since = time.GetUtcNow() - ConnectTime;
        foreach (var session in _sessions.Values.Where(session => !session.WasConnected && session.CreatedAt < since))
        {
            await EndAsync(session);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweeping = SweepRegularlyAsync(stoppingToken);
        await foreach (var session in _over.Reader.ReadAllAsync(stoppingToken))
        {
            await EndAsync(session);
        }

        await sweeping;
    }

    private static async Task LeaveAsync(WhipSession session)
    {
        try
        {
            await session.Room.LeaveAsync(session.ParticipantId, session);
        }
        catch (Refusal)
        {
            // The lesson is over, and everyone has left it.
        }
    }

    private async Task SweepRegularlyAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.SweepFailed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Old WHIP and WHEP sessions could not be ended.")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
