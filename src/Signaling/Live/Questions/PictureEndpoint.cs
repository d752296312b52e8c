using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Signaling.Live.Questions;

/// <summary>
/// POST /api/lessons/{id}/questions/{question}/picture?key=…: a tablet answers with a photo. The resume token of its join is
/// the bearer token, so that the answer is that of its place in the lesson.
/// </summary>
internal static class PictureEndpoint
{
    private const int LargestPicture = 3 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/lessons/{id}/questions/{question}/picture", PostAsync)
        .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = JoinTokenHandler.SchemeName });

    private static async Task<IResult> PostAsync(string id, string question, string? key, HttpContext context, LessonRooms rooms, AnswerPictures pictures, CancellationToken ct)
    {
        if (JoinTokenHandler.Grant(context) is not { ParticipantId: { } who, Role: LessonRole.Student } grant || grant.LessonId != id)
        {
            return ApiProblem.Forbidden(Refusal.NotAllowed, "Only a tablet that is in the lesson answers.");
        }

        if (rooms.Find(id) is not { } room)
        {
            return ApiProblem.Conflict(Refusal.Ended, "This lesson is not open.");
        }

        try
        {
            await room.Questions.DemandMaySendPictureAsync(who, question);
            if (await ReadAsync(context.Request, ct) is not { } body)
            {
                return new ApiProblem(StatusCodes.Status413PayloadTooLarge, "too_large", "A photo has at most 3 MB.");
            }

            return JpegCleaner.Clean(body) is { } jpeg
                ? Results.Ok(await pictures.AnswerAsync(room, who, key ?? "", question, jpeg, ct))
                : NoPicture();
        }
        catch (LessonFileException)
        {
            return NoPicture();
        }
        catch (Refusal refusal)
        {
            return refusal.Code is Refusal.TooFast
                ? ApiProblem.TooMany(refusal.Code, "Too many photos in a short time.")
                : ApiProblem.Conflict(refusal.Code, "This photo can not be taken as an answer.");
        }
    }

    private static ApiProblem NoPicture() => new(StatusCodes.Status415UnsupportedMediaType, "bad_picture", "This is not a JPEG picture.");

    /// <summary>Null when it is too large.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestPicture)
            {
                return null;
            }
        }

        return body.ToArray();
    }
}
