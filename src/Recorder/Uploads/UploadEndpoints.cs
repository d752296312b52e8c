using System.Globalization;
using System.Security.Claims;
using System.Text;
using Classroom.Data;
using Classroom.Data.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Recorder.Uploads;

/// <summary>Uploads in pieces by the tus protocol 1.0.0 (core, creation, termination), so that its clients work too.</summary>
internal static class UploadEndpoints
{
    private const string Version = "1.0.0";

    /// <summary>More than our page sends at once; other clients may send the rest of a film in one request.</summary>
    private const long LargestPiece = UploadDesk.MostBytes;

    public static void Map(IEndpointRouteBuilder api)
    {
        var uploads = api.MapGroup("/uploads").AddEndpointFilter(UploadersOnly);
        uploads.MapGet("/", async (ClaimsPrincipal user, UploadDesk desk, CancellationToken cancellationToken) => Results.Ok(await desk.ListAsync(Caller.From(user)!, cancellationToken)));
        uploads.MapPost("/", CreateAsync);
        uploads.MapMethods("/{id}", [HttpMethods.Head], async (string id, HttpContext http, UploadDesk desk, CancellationToken cancellationToken) =>
            Told(http, await desk.OffsetAsync(Caller.From(http.User)!, id, cancellationToken)));
        uploads.MapPatch("/{id}", AppendAsync);
        uploads.MapDelete("/{id}", async (string id, ClaimsPrincipal user, UploadDesk desk, CancellationToken cancellationToken) =>
            await desk.DeleteAsync(Caller.From(user)!, id, cancellationToken) is { } problem ? problem : Results.NoContent());
    }

    /// <summary>Decodes "name base64, name base64" (tus, Upload-Metadata); what is not of this form is left out.</summary>
    public static Dictionary<string, string> Metadata(string header)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(' ', 2);
            var bytes = new byte[pair.Length];
            if (parts.Length == 2 && Convert.TryFromBase64String(parts[1], bytes, out var length))
            {
                values[parts[0]] = new string([.. Encoding.UTF8.GetString(bytes, 0, length).Where(letter => !char.IsControl(letter))]).Trim();
            }
        }

        return values;
    }

    private static async ValueTask<object?> UploadersOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers["Tus-Resumable"] = Version;
        return Caller.From(context.HttpContext.User) is { } caller && UploadDesk.MayUpload(caller)
            ? await next(context)
            : ApiProblem.Forbidden("no_right", "Your account has no right to do this.");
    }

    private static async Task<IResult> CreateAsync(HttpContext http, UploadDesk desk, CancellationToken cancellationToken)
    {
        if (Number(http, "Upload-Length") is not { } bytes)
        {
            return ApiProblem.BadRequest("bad_request", "Upload-Length is missing.");
        }

        var given = Metadata(http.Request.Headers["Upload-Metadata"].ToString());
        var name = given.GetValueOrDefault("filename", "");
        var title = given.GetValueOrDefault("title") is { Length: > 0 } said ? said : Path.GetFileNameWithoutExtension(name);
        var recordedAt = DateTimeOffset.TryParse(given.GetValueOrDefault("recordedAt"), CultureInfo.InvariantCulture, out var at) ? at.UtcDateTime : (DateTime?)null;
        var (id, problem) = await desk.CreateAsync(Caller.From(http.User)!, bytes, title, name, recordedAt, cancellationToken);
        return id is null ? problem! : Results.Created($"/api/uploads/{id}", null);
    }

    private static async Task<IResult> AppendAsync(string id, HttpContext http, UploadDesk desk, CancellationToken cancellationToken)
    {
        if (http.Request.ContentType != "application/offset+octet-stream")
        {
            return new ApiProblem(StatusCodes.Status415UnsupportedMediaType, "bad_request", "A piece is application/offset+octet-stream.");
        }

        if (Number(http, "Upload-Offset") is not { } offset)
        {
            return ApiProblem.BadRequest("bad_request", "Upload-Offset is missing.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestPiece;
        }

        return Told(http, await desk.AppendAsync(Caller.From(http.User)!, id, offset, http.Request.Body, cancellationToken));
    }

    private static IResult Told(HttpContext http, UploadStep step)
    {
        if (step.Problem is null)
        {
            http.Response.Headers["Upload-Offset"] = step.Offset.ToString(CultureInfo.InvariantCulture);
            http.Response.Headers["Upload-Length"] = step.Bytes.ToString(CultureInfo.InvariantCulture);
            http.Response.Headers.CacheControl = "no-store";
        }

        return step.Problem ?? Results.NoContent();
    }

    private static long? Number(HttpContext http, string header) =>
        long.TryParse(http.Request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
