using System.Security.Claims;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Questions;

internal static class QuestionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder courses)
    {
        courses.MapGet("/{id}/prepared-questions", async (string id, ClaimsPrincipal user, AnswerDesk desk, CancellationToken ct) => (await desk.PreparedAsync(id, user.Caller(), ct)).ToResult());
        courses.MapPost("/{id}/answers", async (string id, FilmAnswerGiven given, ClaimsPrincipal user, AnswerDesk desk, CancellationToken ct) =>
            (await desk.AnswerAsync(id, given, user.Caller(), ct)).ToResult());
        routes.MapPost("/api/public/courses/{id}/answers", async (string id, FilmAnswerGiven given, AnswerDesk desk, CancellationToken ct) =>
            (await desk.AnswerPublicAsync(id, given, ct)).ToResult()).AllowAnonymous();
    }
}
