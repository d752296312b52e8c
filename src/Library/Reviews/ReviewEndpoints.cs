using System.Security.Claims;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Reviews;

internal static class ReviewEndpoints
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder courses)
    {
        api.MapGet("/reviews", async (ClaimsPrincipal user, ReviewDesk desk, CancellationToken ct) => (await desk.QueueAsync(user.Caller(), ct)).ToResult());
        courses.MapPost("/{id}/review", async (string id, ReviewRequest request, ClaimsPrincipal user, ReviewDesk desk, CancellationToken ct) =>
            (await desk.DecideAsync(id, request, user.Caller(), ct)).ToResult());
        courses.MapPost("/{id}/nominate", async (string id, ClaimsPrincipal user, ReviewDesk desk, CancellationToken ct) =>
            (await desk.NominateAsync(id, user.Caller(), ct)).ToResult());
        courses.MapGet("/{id}/comments", async (string id, ClaimsPrincipal user, CourseComments comments, CancellationToken ct) =>
            (await comments.ReadAsync(id, user.Caller(), ct)).ToResult());
        courses.MapPost("/{id}/comments", async (string id, CommentAdd request, ClaimsPrincipal user, CourseComments comments, CancellationToken ct) =>
            (await comments.AddAsync(id, request, user.Caller(), ct)).ToResult());
        courses.MapPut("/{id}/comments/{commentId}", async (string id, string commentId, CommentTick request, ClaimsPrincipal user, CourseComments comments, CancellationToken ct) =>
            (await comments.TickAsync(id, commentId, request, user.Caller(), ct)).ToResult());
        courses.MapPost("/{id}/awards", async (string id, AwardAdd request, ClaimsPrincipal user, CourseAwards awards, CancellationToken ct) =>
            (await awards.AddAsync(id, request, user.Caller(), ct)).ToResult());
        courses.MapDelete("/{id}/awards/{awardId}", async (string id, string awardId, ClaimsPrincipal user, CourseAwards awards, CancellationToken ct) =>
            (await awards.RemoveAsync(id, awardId, user.Caller(), ct)).ToResult());
    }
}
