using System.Security.Claims;
using System.Text;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Drafts;

/// <summary>Files that come into an edit and go out of it: covers and captions.</summary>
internal static class EditingEndpoints
{
    private const long MostCoverBytes = 20_000_000;
    private static readonly TimeSpan CoverLifetime = TimeSpan.FromHours(6);

    public static void Map(IEndpointRouteBuilder courses)
    {
        courses.MapPost("/{id}/cover", TakeCoverAsync);
        courses.MapPost("/{id}/captions", ReadCaptionsAsync);
        courses.MapGet("/{id}/captions.vtt", WriteCaptionsAsync);
        courses.MapPost("/{id}/captions/recognise", async (string id, ClaimsPrincipal user, Captions captions, CancellationToken cancellationToken) =>
            (await captions.RecogniseAsync(id, user.Caller(), cancellationToken)).ToResult());
        courses.MapGet("/{id}/captions/recognised", async (string id, ClaimsPrincipal user, Captions captions, CancellationToken cancellationToken) =>
            (await captions.HeardAsync(id, user.Caller(), cancellationToken)).ToResult());
    }

    private static async Task<IResult> TakeCoverAsync(string id, HttpContext http, CourseLoader loader, ICourseCovers covers, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, http.User.Caller(), CourseRights.MayEdit, cancellationToken);
        if (found.Problem is { } problem)
        {
            return problem;
        }

        Allow(http, MostCoverBytes);
        try
        {
            var file = await covers.SaveAsync(id, http.Request.Body, MostCoverBytes, cancellationToken);
            return Results.Ok(new CoverTaken(file, covers.LinkTo(id, file, CoverLifetime)));
        }
        catch (LessonFileException bad)
        {
            return ApiProblem.BadRequest(bad.Code, bad.Message);
        }
    }

    private static async Task<IResult> ReadCaptionsAsync(string id, HttpContext http, Captions captions, CancellationToken cancellationToken)
    {
        Allow(http, Captions.MostBytes);
        if (http.Request.ContentLength > Captions.MostBytes)
        {
            return Problems.TooLarge;
        }

        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var file = new char[Captions.MostBytes];
        var length = await reader.ReadBlockAsync(file, cancellationToken);
        return length == file.Length ? Problems.TooLarge : (await captions.ReadAsync(id, new string(file, 0, length), http.User.Caller(), cancellationToken)).ToResult();
    }

    private static async Task<IResult> WriteCaptionsAsync(string id, ClaimsPrincipal user, Captions captions, CancellationToken cancellationToken)
    {
        var file = await captions.WriteAsync(id, user.Caller(), cancellationToken);
        return file.Value is { } text ? Results.File(Encoding.UTF8.GetBytes(text), "text/vtt; charset=utf-8", "captions.vtt") : file.Problem!;
    }

    private static void Allow(HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes + 1;
        }
    }
}
