using System.Security.Claims;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Series;

internal static class SeriesEndpoints
{
    public static void Map(IEndpointRouteBuilder series)
    {
        series.MapGet("/", (ClaimsPrincipal user, SeriesDesk desk, CancellationToken ct) => desk.AllAsync(user.Caller(), ct));
        series.MapPost("/", async (SeriesEdit edit, ClaimsPrincipal user, SeriesDesk desk, CancellationToken ct) => (await desk.SaveAsync(id: null, edit, user.Caller(), ct)).ToResult());
        series.MapGet("/{id}", async (string id, ClaimsPrincipal user, SeriesDesk desk, CancellationToken ct) => (await desk.ReadAsync(id, user.Caller(), ct)).ToResult());
        series.MapPut("/{id}", async (string id, SeriesEdit edit, ClaimsPrincipal user, SeriesDesk desk, CancellationToken ct) => (await desk.SaveAsync(id, edit, user.Caller(), ct)).ToResult());
        series.MapDelete("/{id}", async (string id, ClaimsPrincipal user, SeriesDesk desk, CancellationToken ct) =>
            await desk.RemoveAsync(id, user.Caller(), ct) is { Problem: { } problem } ? (IResult)problem : Results.NoContent());
    }
}
