using System.Security.Claims;
using Classroom.Data;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Preflight;

internal static class PreflightEndpoints
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder courses)
    {
        api.MapGet("/presets", ListAsync);
        var own = api.MapGroup("/admin/presets");
        own.MapGet("/", async (ClaimsPrincipal user, PresetDesk desk, CancellationToken cancellationToken) => (await desk.OwnAsync(user.Caller(), cancellationToken)).ToResult());
        own.MapPost("/", async (PresetRow row, ClaimsPrincipal user, PresetDesk desk, CancellationToken cancellationToken) =>
            (await desk.SaveAsync(null, row, user.Caller(), cancellationToken)).ToResult());
        own.MapPut("/{id}", async (string id, PresetRow row, ClaimsPrincipal user, PresetDesk desk, CancellationToken cancellationToken) =>
            (await desk.SaveAsync(id, row, user.Caller(), cancellationToken)).ToResult());
        own.MapDelete("/{id}", async (string id, ClaimsPrincipal user, PresetDesk desk, CancellationToken cancellationToken) =>
            await desk.DeleteAsync(id, user.Caller(), cancellationToken) is { } problem ? (IResult)problem : Results.NoContent());
        courses.MapGet("/{id}/preflight", async (string id, string? preset, ClaimsPrincipal user, ExportDesk desk, CancellationToken cancellationToken) =>
            (await desk.PreflightAsync(id, preset ?? "micro", user.Caller(), cancellationToken)).ToResult());
        courses.MapPost("/{id}/export", async (string id, string? preset, ClaimsPrincipal user, ExportDesk desk, CancellationToken cancellationToken) =>
            (await desk.ExportAsync(id, preset ?? "micro", user.Caller(), cancellationToken)).ToResult());
        courses.MapGet("/{id}/exports", async (string id, ClaimsPrincipal user, ExportDesk desk, CancellationToken cancellationToken) =>
            (await desk.ListAsync(id, user.Caller(), cancellationToken)).ToResult());
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, PresetDesk desk, CancellationToken cancellationToken) =>
        user.Caller().Is(AccountRole.Teacher, AccountRole.Editor, AccountRole.Reviewer, AccountRole.Administrator)
            ? Results.Ok(await desk.ListAsync(cancellationToken))
            : Problems.NoRight;
}
