using System.Security.Claims;
using Classroom.Data;
using Classroom.Data.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Packages;

internal static class PackageEndpoints
{
    public static void Map(IEndpointRouteBuilder courses)
    {
        courses.MapGet("/{id}/files", async (string id, ClaimsPrincipal user, CoursePackage package, CancellationToken ct) => (await package.ReadAsync(id, user.Caller(), ct)).ToResult());
        courses.MapPost("/{id}/files", UploadAsync);
        courses.MapDelete("/{id}/files/{fileId}", async (string id, string fileId, ClaimsPrincipal user, CoursePackage package, CancellationToken ct) =>
            (await package.RemoveAsync(id, fileId, user.Caller(), ct)).ToResult());
    }

    /// <summary>The body is the file; its name and what it is for stand in the query.</summary>
    private static async Task<IResult> UploadAsync(string id, string? name, CourseFileKind? kind, HttpContext http, CoursePackage package, CancellationToken cancellationToken)
    {
        // One byte more than is taken, so that we are the ones who say what is wrong.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = CoursePackage.MostBytes + 1_000_000;
        }

        try
        {
            return (await package.AddAsync(id, kind ?? CourseFileKind.Other, name, http.Request.Body, http.User.Caller(), cancellationToken)).ToResult();
        }
        catch (LessonFileException bad)
        {
            return ApiProblem.BadRequest(bad.Code, bad.Message);
        }
    }
}
