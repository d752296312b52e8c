using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Signaling.Live;

/// <summary>A connection that has joined: which lesson, as whom.</summary>
internal sealed record Session(LessonRoom Room, string ParticipantId, LessonRole Role, ClientOutbox Outbox)
{
    public static Session? Of(HubCallerContext context) => context.Items.TryGetValue(typeof(Session), out var session) ? session as Session : null;
}
