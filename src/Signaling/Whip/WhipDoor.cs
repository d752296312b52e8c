using Classroom.Data;
using Classroom.Data.Http;
using Classroom.MediaServer;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Whip;

/// <summary>Brings WHIP and WHEP clients into lessons, and puts every refusal into HTTP's words.</summary>
internal sealed class WhipDoor(WhipSessions sessions, LessonRooms rooms, JoinTokens tokens, TurnCredentials turn, IMediaServer media, IClassroomDbFactory databases)
{
    public Task<JoinGrant?> GrantAsync(HttpContext context) => tokens.ReadAsync(JoinTokenHandler.BearerOf(context.Request));

    /// <summary>A session answers only to the token that made it.</summary>
    public WhipSession? Find(string id, TransportKind kind, JoinGrant grant) =>
        sessions.Find(id, kind) is { } session && session.Grant.TokenId == grant.TokenId ? session : null;

    public Task EndAsync(WhipSession session) => sessions.EndAsync(session);

    public async Task<IResult> OpenAsync(TransportKind kind, string lessonId, string name, JoinGrant grant, string offer, HttpContext context)
    {
        if (sessions.IsFull)
        {
            return Full(context);
        }

        try
        {
            if (await rooms.FindOrOpenAdhocAsync(lessonId, grant, context.RequestAborted) is not { } room)
            {
                return await WhyNotAsync(lessonId, context.RequestAborted);
            }

            if (kind == TransportKind.Publish && sessions.Publisher(lessonId, name) is { } other)
            {
                if (other.Grant.TokenId != grant.TokenId)
                {
                    return ApiProblem.Conflict("name_taken", "Someone else publishes under this name.");
                }

                // The same encoder dials again: its old connection is dead, whether it knows or not.
                await sessions.EndAsync(other);
            }

            var (session, answer) = await sessions.StartAsync(kind, room, grant, name, offer, context.RequestAborted);
            WhipHeaders.AddSession(context.Response, session, turn.For(session.ParticipantId));
            return Results.Text(answer, "application/sdp", statusCode: StatusCodes.Status201Created);
        }
        catch (Refusal refusal)
        {
            return ToProblem(refusal, context);
        }
        catch (MediaException exception)
        {
            return ToProblem(exception, context);
        }
    }

    public async Task<IResult> PatchAsync(WhipSession session, string fragment, HttpContext context)
    {
        try
        {
            var answer = await media.PatchAsync(session.Room.Id, session.ParticipantId, session.Kind, fragment, context.RequestAborted);
            if (answer is null)
            {
                return Results.NoContent();
            }

            session.ETag = WhipHeaders.TagOf(answer);
            context.Response.Headers.ETag = $"\"{session.ETag}\"";
            return Results.Text(answer, "application/trickle-ice-sdpfrag");
        }
        catch (MediaException exception)
        {
            return ToProblem(exception, context);
        }
    }

    private static ApiProblem ToProblem(Refusal refusal, HttpContext context) => refusal.Code switch
    {
        Refusal.Removed => ApiProblem.Forbidden(refusal.Code, "This sender was removed from the lesson."),
        Refusal.DoorLocked => ApiProblem.Forbidden(refusal.Code, "The door of this lesson is locked."),
        Refusal.Ended => ApiProblem.Conflict(refusal.Code, "This lesson is over."),
        _ => Full(context),
    };

    private static ApiProblem ToProblem(MediaException exception, HttpContext context)
    {
        switch (exception.Code)
        {
            case "bad_sdp":
                return ApiProblem.BadRequest(exception.Code, exception.Message);
            case "sdp_too_large":
                return new ApiProblem(StatusCodes.Status413PayloadTooLarge, exception.Code, exception.Message);
            case "no_common_codec":
                return ApiProblem.Unprocessable(exception.Code, exception.Message);
            case "limit_reached":
                return Full(context);
            case "group_not_found":
                // The publication may come in a moment: players are asked to try again.
                context.Response.Headers.RetryAfter = "2";
                return ApiProblem.NotFound("not_published", "Nobody publishes under this name yet.");
            case "room_not_found" or "participant_not_found" or "closed":
                return ApiProblem.Conflict(exception.Code, exception.Message);
            default:
                return ApiProblem.Unprocessable(exception.Code, exception.Message);
        }
    }

    private static ApiProblem Full(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "10";
        return ApiProblem.Unavailable(Refusal.RoomFull, "There is no place left. Please try again later.");
    }

    private async Task<ApiProblem> WhyNotAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var state = await db.Lessons.Where(lesson => lesson.Id == lessonId).Select(lesson => (LessonState?)lesson.State).FirstOrDefaultAsync(cancellationToken);
        return state switch
        {
            null => ApiProblem.NotFound("lesson_not_found", "There is no such lesson."),
            LessonState.Ended or LessonState.Cancelled => ApiProblem.Conflict(Refusal.Ended, "This lesson is over."),
            _ => ApiProblem.Conflict(Refusal.NotOpen, "This lesson is not open yet."),
        };
    }
}
