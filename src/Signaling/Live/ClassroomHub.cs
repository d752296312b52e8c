using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Lessons;
using Classroom.Signaling.Live.Questions;
using Classroom.Signaling.Live.Tablets;
using Classroom.Signaling.Observation;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Live;

/// <summary>The door between a page and its lesson: checks the right, then calls the lesson or the media server.</summary>
[Authorize(AuthenticationSchemes = JoinTokenHandler.SchemeName)]
internal sealed partial class ClassroomHub(
    LessonRooms rooms,
    HubEntrance entrance,
    LessonRoster roster,
    AnswerPictures pictures,
    PushedFiles documents,
    IMediaServer media,
    Rubrics rubrics,
    IHubContext<ClassroomHub, IClassroomClient> hub,
    ILogger<ClassroomHub> logger)
    : Hub<IClassroomClient>, IClassroomHub
{
    private const int MostSubscriptions = 256;
    private const int MostLines = 16_384;

    public async Task<JoinReply> Join(JoinRequest request)
    {
        if (request is null || Session.Of(Context) is not null)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        var grant = JoinTokenHandler.Grant(Context.GetHttpContext()!)!;
        Rights.Demand(grant.Role, nameof(Join));
        var outbox = new ClientOutbox(hub.Clients.Client(Context.ConnectionId), Context.Abort, logger);
        var lessonId = Context.GetHttpContext()!.Request.Query["lesson"].FirstOrDefault();
        var (session, reply) = await entrance.EnterAsync(grant, request, lessonId, outbox, Context.ConnectionAborted);
        Context.Items[typeof(Session)] = session;
        JoinFirstProtocol.StartAfter(reply, outbox);
        return reply;
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Session.Of(Context) is { } session)
        {
            try
            {
                await session.Room.DisconnectAsync(session.ParticipantId, session.Outbox);
            }
            catch (Refusal)
            {
                // The lesson is over: there is no place to keep.
                session.Outbox.Complete();
            }
        }
    }

    public async Task<PublishReply> Publish(PublishRequest request)
    {
        var (room, me) = Demand(nameof(Publish));
        if (request is null || string.IsNullOrEmpty(request.Sdp) || request.Groups is not { Count: > 0 and <= 64 } || request.Groups.Values.Any(group => group is not { Length: > 0 and <= 64 }))
        {
            throw new Refusal(Refusal.BadRequest);
        }

        await room.DemandMayPublishAsync(me);
        var answer = await media.PublishAsync(room.Id, me, request.Sdp, request.Groups, Context.ConnectionAborted);
        return new PublishReply(answer.Sdp);
    }

    public Task Unpublish(string group)
    {
        var (room, me) = Demand(nameof(Unpublish));
        return media.UnpublishAsync(room.Id, me, group ?? "", Context.ConnectionAborted);
    }

    public async Task Subscribe(string[] publicationIds)
    {
        var (room, me) = Demand(nameof(Subscribe));
        if (publicationIds is not { Length: <= MostSubscriptions } || Array.Exists(publicationIds, id => id is null))
        {
            throw new Refusal(Refusal.BadRequest);
        }

        await room.SubscribeAsync(me, publicationIds);
    }

    public Task SubscribeAnswer(int revision, string sdp)
    {
        var (room, me) = Demand(nameof(SubscribeAnswer));
        return media.AnswerSubscribeAsync(room.Id, me, revision, sdp ?? "", Context.ConnectionAborted);
    }

    public Task RestartSubscribe()
    {
        var (room, me) = Demand(nameof(RestartSubscribe));
        return media.RestartSubscribeAsync(room.Id, me, Context.ConnectionAborted);
    }

    public Task ShowPictures(Dictionary<string, int> lines)
    {
        var (room, me) = Demand(nameof(ShowPictures));
        return lines is { Count: <= MostSubscriptions } && lines.Values.All(height => height is >= 0 and <= MostLines)
            ? media.SetLayersAsync(room.Id, me, lines.ToDictionary(l => l.Key, l => new LayerWish(l.Value, IsPaused: l.Value == 0)), Context.ConnectionAborted)
            : throw new Refusal(Refusal.BadRequest);
    }

    public Task<Ack> StartLesson(string key) => Call(nameof(StartLesson), (room, me) => room.StartAsync(me, key));

    public Task<Ack> ExtendLesson(string key, int minutes) => Call(nameof(ExtendLesson), (room, me) => room.ExtendAsync(me, key, minutes));

    public Task<Ack> EndLesson(string key) => Call(nameof(EndLesson), (room, me) => room.EndAsync(me, key));

    public Task<Ack> Stage(string key, StageTarget? target) => Call(nameof(Stage), (room, me) => room.StageAsync(me, key, target));

    public Task<Ack> RaiseHand(string key, bool up, string? participantId) => Call(nameof(RaiseHand), (room, me) => room.RaiseHandAsync(me, key, up, participantId));

    public Task<Ack> Mark(string key, string? knowledgePointId, string label) => Call(nameof(Mark), (room, me) => room.MarkAsync(me, key, knowledgePointId, label));

    public Task<Ack> Confused(string key) => Call(nameof(Confused), (room, me) => room.ConfusedAsync(me, key));

    public Task<Ack> Remove(string key, string participantId) => Call(nameof(Remove), (room, me) => room.RemoveAsync(me, key, participantId));

    public Task<Ack> LockDoor(string key, bool locked) => Call(nameof(LockDoor), (room, me) => room.LockDoorAsync(me, key, locked));

    public Task<Ack> AdmitUnknownNames(string key, bool admit) => Call(nameof(AdmitUnknownNames), (room, me) => room.AdmitUnknownNamesAsync(me, key, admit));

    public Task<Ack> Admit(string key, string participantId, bool admit) => Call(nameof(Admit), (room, me) => room.AdmitAsync(me, key, participantId, admit));

    public Task<Ack> ExpirePin(string key, bool makeNew) => Call(nameof(ExpirePin), async (room, me) =>
        await room.ReplacePinAsync(me, key, makeNew ? await rooms.NewPinAsync(Context.ConnectionAborted) : null));

    public Task<Ack> PauseRecording(string key, string reason) => Call(nameof(PauseRecording), (room, me) => room.PauseRecordingAsync(me, key, reason));

    public Task<Ack> ResumeRecording(string key) => Call(nameof(ResumeRecording), (room, me) => room.ResumeRecordingAsync(me, key));

    public async Task<LinkReport> ReportLink(LinkReport report)
    {
        var (room, me) = Demand(nameof(ReportLink));
        if (report is null)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        // What the server measured itself, where it has it: the page shows the worse of both.
        var statistics = await media.GetStatisticsAsync(room.Id, Context.ConnectionAborted);
        var mine = statistics?.Participants.FirstOrDefault(participant => participant.ParticipantId == me);
        if (mine is { Publish: not TransportState.New } && mine.IsOverloaded != report.IsOverloaded)
        {
            await media.SetOverloadedAsync(room.Id, me, report.IsOverloaded, Context.ConnectionAborted);
        }

        return mine is null ? report : report with { LossPercent = Math.Max(report.LossPercent, mine.LossPercent), RoundTripMs = Math.Max(report.RoundTripMs, mine.RoundTripMs) };
    }

    private Task<Ack> Call(string method, Func<LessonRoom, string, Task<Ack>> call)
    {
        var (room, me) = Demand(method);
        return call(room, me);
    }

    private (LessonRoom Room, string ParticipantId) Demand(string method)
    {
        var session = Session.Of(Context);
        if (session is null or { Outbox.IsComplete: true })
        {
            throw new Refusal(Refusal.NotJoined);
        }

        Rights.Demand(session.Role, method);
        return (session.Room, session.ParticipantId);
    }
}
