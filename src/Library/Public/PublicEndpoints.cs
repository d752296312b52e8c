using Classroom.Library.Contracts;
using Classroom.Library.Play;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Public;

/// <summary>The pages of public courses and their films, for everybody; the switch, for those who decide.</summary>
internal static class PublicEndpoints
{
    private static readonly string[] s_reads = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder courses)
    {
        routes.MapMethods("/c/{id}", s_reads, (string id, HttpContext http, PublicPages pages) => pages.OpenAsync(id, http, isFrame: false)).AllowAnonymous();
        routes.MapMethods("/embed/{id}", s_reads, (string id, HttpContext http, PublicPages pages) => pages.OpenAsync(id, http, isFrame: true)).AllowAnonymous();
        routes.MapGet("/api/public/courses/{id}", async (string id, HttpContext http, CoursePlayer player, CancellationToken ct) =>
            (await player.PlayPublicAsync(id, Address(http), ct)).ToResult()).AllowAnonymous();
        courses.MapPut("/{id}/public", async (string id, PublicChange change, HttpContext http, PublicDesk desk, CancellationToken ct) =>
            (await desk.SetAsync(id, change, http.User.Caller(), Address(http), ct)).ToResult());
    }

    private static string? Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();
}
