using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Live;

/// <summary>Finds the lesson and the place that a page's tokens name, and brings the page in.</summary>
internal sealed class HubEntrance(LessonRooms rooms, Roster roster, JoinTokens tokens, IClassroomDbFactory databases)
{
    public async Task<(Session Session, JoinReply Reply)> EnterAsync(JoinGrant grant, JoinRequest request, string? lesson, ClientOutbox outbox, CancellationToken cancellationToken)
    {
        var lessonId = grant.LessonId == JoinGrant.AnyLesson ? lesson ?? "" : grant.LessonId;
        var room = await rooms.FindOrOpenAdhocAsync(lessonId, grant, cancellationToken)
            ?? throw new Refusal(await WhyNotAsync(lessonId, cancellationToken));
        var place = await PlaceAsync(grant, request, lessonId);
        var name = Arrival.NameOf(place, request.Name);
        var pupil = place.Role == LessonRole.Student ? await roster.FindAsync(lessonId, name, place.PupilId, cancellationToken) : null;
        var arrival = new Arrival(place, name, Math.Max(0, request.LastSeq), pupil, outbox, Headless: null);
        try
        {
            var reply = await room.JoinAsync(arrival);
            return (new Session(room, arrival.ParticipantId, place.Role, outbox), reply);
        }
        catch
        {
            await LeaveAgainAsync(room, arrival.ParticipantId, outbox);
            throw;
        }
    }

    // The media room may have refused after the lesson had let the page in.
    private static async Task LeaveAgainAsync(LessonRoom room, string participantId, ClientOutbox outbox)
    {
        try
        {
            await room.DisconnectAsync(participantId, outbox);
        }
        catch (Refusal)
        {
            outbox.Complete();
        }
    }

    private async Task<JoinGrant> PlaceAsync(JoinGrant grant, JoinRequest request, string lessonId)
    {
        var resume = await tokens.ReadResumeAsync(request.ResumeToken);
        return resume is not null && resume.LessonId == lessonId && resume.Role == grant.Role && resume.AccountId == grant.AccountId
            ? resume
            : grant;
    }

    private async Task<string> WhyNotAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var state = await db.Lessons.Where(lesson => lesson.Id == lessonId).Select(lesson => (LessonState?)lesson.State).FirstOrDefaultAsync(cancellationToken);
        return state switch
        {
            null => Refusal.UnknownLesson,
            LessonState.Ended or LessonState.Cancelled => Refusal.Ended,
            _ => Refusal.NotOpen,
        };
    }
}
