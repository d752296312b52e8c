using Classroom.Data;
using Classroom.Data.Http;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Whip;

/// <summary>WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep) for encoders and players without a page.</summary>
internal static class WhipEndpoints
{
    private const string Sdp = "application/sdp";
    private const string Fragment = "application/trickle-ice-sdpfrag";
    private const int LargestOffer = 128 * 1024;
    private static readonly LessonRole[] Publishers = [LessonRole.Publisher, LessonRole.Teacher, LessonRole.Station];

    // Children come in by the page alone, where the door, the PIN and the teacher's word count.
    private static readonly LessonRole[] Viewers = [LessonRole.Viewer, LessonRole.Publisher, LessonRole.Teacher, LessonRole.Station, LessonRole.Observer];

    public static void Map(IEndpointRouteBuilder app)
    {
        Map(app.MapGroup("/whip").AllowAnonymous().AddEndpointFilter(WhipHeaders.AddAsync), TransportKind.Publish);
        Map(app.MapGroup("/whep").AllowAnonymous().AddEndpointFilter(WhipHeaders.AddAsync), TransportKind.Subscribe);
    }

    private static void Map(RouteGroupBuilder group, TransportKind kind)
    {
        group.MapPost("{lessonId}/{name}", (string lessonId, string name, HttpContext context, WhipDoor door) => PostAsync(kind, lessonId, name, context, door));
        group.MapMethods("{lessonId}/{name}", [HttpMethods.Options], (HttpContext context) => WhipHeaders.Options(context, "OPTIONS, POST"));
        group.MapPatch("sessions/{id}", (string id, HttpContext context, WhipDoor door) => PatchAsync(kind, id, context, door));
        group.MapDelete("sessions/{id}", (string id, HttpContext context, WhipDoor door) => DeleteAsync(kind, id, context, door));
        group.MapMethods("sessions/{id}", [HttpMethods.Options], (HttpContext context) => WhipHeaders.Options(context, "OPTIONS, PATCH, DELETE"));
    }

    private static async Task<IResult> PostAsync(TransportKind kind, string lessonId, string name, HttpContext context, WhipDoor door)
    {
        if (await door.GrantAsync(context) is not { } grant)
        {
            return Unauthorized(context);
        }

        if (!grant.Allows(lessonId))
        {
            return ApiProblem.Forbidden("wrong_lesson", "This token is for another lesson.");
        }

        if (kind == TransportKind.Publish && !Publishers.Contains(grant.Role))
        {
            return ApiProblem.Forbidden(Refusal.NotAllowed, "This token may watch, not publish.");
        }

        if (kind == TransportKind.Subscribe && !Viewers.Contains(grant.Role))
        {
            return ApiProblem.Forbidden(Refusal.NotAllowed, "This token is for the lesson's page.");
        }

        if (!WhipHeaders.HasContent(context.Request, Sdp))
        {
            return new ApiProblem(StatusCodes.Status415UnsupportedMediaType, "not_sdp", $"Please send {Sdp}.");
        }

        if (name.Length is 0 or > 64 || name.Any(char.IsControl))
        {
            return ApiProblem.BadRequest("bad_name", "A publication name has 1 to 64 characters.");
        }

        if (await WhipHeaders.ReadBodyAsync(context.Request, LargestOffer) is not { } offer)
        {
            return new ApiProblem(StatusCodes.Status413PayloadTooLarge, "too_large", "This offer is too large.");
        }

        return await door.OpenAsync(kind, lessonId, name, grant, offer, context);
    }

    private static async Task<IResult> PatchAsync(TransportKind kind, string id, HttpContext context, WhipDoor door)
    {
        if (await door.GrantAsync(context) is not { } grant)
        {
            return Unauthorized(context);
        }

        if (door.Find(id, kind, grant) is not { } session)
        {
            return UnknownSession();
        }

        if (!WhipHeaders.HasContent(context.Request, Fragment))
        {
            return new ApiProblem(StatusCodes.Status415UnsupportedMediaType, "not_sdpfrag", $"Please send {Fragment}.");
        }

        // RFC 9725 §4.3.2: the ETag names the ICE session that a candidate belongs to, "*" asks for a restart.
        var match = context.Request.Headers.IfMatch.ToString().Trim();
        if (match.Length == 0)
        {
            return new ApiProblem(StatusCodes.Status428PreconditionRequired, "if_match_missing", "Please send If-Match with the ETag of the session.");
        }

        if (match != "*" && match.Trim('"') != session.ETag)
        {
            return new ApiProblem(StatusCodes.Status412PreconditionFailed, "if_match_wrong", "This ETag is of an older ICE session.");
        }

        if (await WhipHeaders.ReadBodyAsync(context.Request, LargestOffer) is not { Length: > 0 } fragment)
        {
            return ApiProblem.BadRequest("bad_sdp", "The fragment is empty or too large.");
        }

        return await door.PatchAsync(session, fragment, context);
    }

    private static async Task<IResult> DeleteAsync(TransportKind kind, string id, HttpContext context, WhipDoor door)
    {
        if (await door.GrantAsync(context) is not { } grant)
        {
            return Unauthorized(context);
        }

        if (door.Find(id, kind, grant) is not { } session)
        {
            return UnknownSession();
        }

        await door.EndAsync(session);
        return Results.Ok();
    }

    private static ApiProblem Unauthorized(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Unauthorized("wrong_token", "A valid join token is needed as bearer token.");
    }

    private static ApiProblem UnknownSession() => ApiProblem.NotFound("session_not_found", "There is no such session; it may have ended.");
}
