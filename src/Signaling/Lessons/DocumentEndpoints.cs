using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Signaling.Lessons;

/// <summary>The documents of a lesson, for those who may plan it: before it and while it runs.</summary>
internal static class DocumentEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var documents = app.MapGroup("/api/lessons/{id}/documents");
        documents.MapGet("", ListAsync);
        documents.MapPost("", UploadAsync);
        documents.MapPost("links", AddLinkAsync);
        documents.MapPut("{documentId}", EditAsync);
        documents.MapDelete("{documentId}", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(string id, HttpContext context, ClassroomDb db, LessonDocuments documents, CancellationToken ct)
    {
        var (_, refusal) = await FindAsync(id, context, db, ct);
        return refusal ?? Results.Ok(await documents.ListAsync(id, ct));
    }

    /// <summary>The body is the file; its name and what it is for stand in the query.</summary>
    private static async Task<IResult> UploadAsync(string id, string? name, DocumentKind? kind, HttpContext context, ClassroomDb db, LessonDocuments documents, CancellationToken ct)
    {
        if (await DemandRoomAsync(id, context, db, documents, ct) is { } refusal)
        {
            return refusal;
        }

        if (kind is not (null or DocumentKind.Slides or DocumentKind.File))
        {
            return ApiProblem.BadRequest("bad_request", "A file is either slides or handed out as it is.");
        }

        // One byte more than is taken, so that we are the ones who say what is wrong.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LessonDocuments.MostBytes + 1_000_000;
        }

        if (context.Request.ContentLength > LessonDocuments.MostBytes)
        {
            return ApiProblem.BadRequest("file_too_large", $"The file is larger than {LessonDocuments.MostBytes / 1_000_000} MB.");
        }

        try
        {
            var account = Caller.From(context.User)!.AccountId;
            var row = await documents.AddFileAsync(id, kind ?? DocumentKind.Slides, name ?? "", context.Request.Body, account, ct);
            return Results.Created($"/api/lessons/{id}/documents/{row.Id}", row);
        }
        catch (LessonFileException bad)
        {
            return ApiProblem.BadRequest(bad.Code, bad.Message);
        }
    }

    private static async Task<IResult> AddLinkAsync(string id, LinkEdit link, HttpContext context, ClassroomDb db, LessonDocuments documents, CancellationToken ct)
    {
        if (await DemandRoomAsync(id, context, db, documents, ct) is { } refusal)
        {
            return refusal;
        }

        return await documents.AddLinkAsync(id, link, Caller.From(context.User)!.AccountId, ct) is { } row
            ? Results.Created($"/api/lessons/{id}/documents/{row.Id}", row)
            : ApiProblem.BadRequest("bad_link", "A link begins with https:// or http://.");
    }

    private static async Task<IResult> EditAsync(string id, string documentId, DocumentEdit edit, HttpContext context, ClassroomDb db, LessonDocuments documents, CancellationToken ct)
    {
        var (_, refusal) = await FindAsync(id, context, db, ct);
        return refusal ?? (await documents.EditAsync(id, documentId, edit, ct) ? Results.Ok(await documents.ListAsync(id, ct)) : NotFound());
    }

    private static async Task<IResult> DeleteAsync(string id, string documentId, HttpContext context, ClassroomDb db, LessonDocuments documents, CancellationToken ct)
    {
        var (lesson, refusal) = await FindAsync(id, context, db, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        // What was shown belongs to the recording.
        return lesson!.State is LessonState.Live or LessonState.Ended
            ? ApiProblem.Conflict("lesson_started", "This lesson has started: its documents stay with it.")
            : await documents.DeleteAsync(id, documentId, ct) ? Results.NoContent() : NotFound();
    }

    private static async Task<IResult?> DemandRoomAsync(string id, HttpContext context, ClassroomDb db, LessonDocuments documents, CancellationToken ct)
    {
        var (lesson, refusal) = await FindAsync(id, context, db, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (lesson!.State is LessonState.Ended or LessonState.Cancelled)
        {
            return ApiProblem.Conflict("lesson_over", "This lesson is over.");
        }

        return await documents.IsFullAsync(id, ct)
            ? ApiProblem.Conflict("too_many_documents", $"A lesson has at most {LessonDocuments.MostDocuments} documents.")
            : null;
    }

    private static async Task<(Lesson? Lesson, IResult? Refusal)> FindAsync(string id, HttpContext context, ClassroomDb db, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        var lesson = await LessonEndpoints.FindVisibleAsync(id, caller, db, ct);
        return lesson is null ? (null, LessonEndpoints.NotFound())
            : LessonRights.MayChange(caller, lesson) ? (lesson, null)
            : (lesson, LessonEndpoints.NotAllowed());
    }

    private static ApiProblem NotFound() => ApiProblem.NotFound("document_not_found", "There is no such document.");
}
