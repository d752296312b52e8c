using System.Security.Claims;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Catalogue.Editing;
using Classroom.Library.Catalogue.Tables;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Catalogue;

/// <summary>Reading is for everyone; changing is for administrators.</summary>
internal static class CatalogueEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var catalogue = api.MapGroup("/catalogue");
        catalogue.MapGet("/tree", (CatalogueReader reader, CancellationToken ct) => reader.WholeTreeAsync(ct));
        catalogue.MapGet("/nodes", async (string? parent, CatalogueReader reader, CancellationToken ct) => (await reader.ChildrenAsync(OrNull(parent), ct)).ToResult());
        catalogue.MapGet("/points", async (string? node, CatalogueReader reader, CancellationToken ct) => (await reader.PointsAsync(OrNull(node), ct)).ToResult());

        var admin = api.MapGroup("/admin/catalogue").AddEndpointFilter(AdministratorsOnly);
        MapNodes(admin.MapGroup("/nodes"));
        MapPoints(admin.MapGroup("/points"));
        admin.MapGet("/history", (CatalogueLog log, CancellationToken ct) => log.ReadAsync(ct));
        admin.MapGet("/export", ExportAsync);
        admin.MapPost("/import", ImportAsync);
    }

    private static void MapNodes(RouteGroupBuilder nodes)
    {
        nodes.MapPost("/", async (NodeCreate request, ClaimsPrincipal user, NodeEditor editor, CancellationToken ct) => (await editor.AddAsync(request, user.Caller(), ct)).ToResult());
        nodes.MapPut("/{id}", async (string id, NodeEdit request, ClaimsPrincipal user, NodeEditor editor, CancellationToken ct) => (await editor.EditAsync(id, request, user.Caller(), ct)).ToResult());
        nodes.MapPost("/{id}/move", async (string id, NodeMove request, ClaimsPrincipal user, NodeEditor editor, CancellationToken ct) => (await editor.MoveAsync(id, request, user.Caller(), ct)).ToResult());
        nodes.MapPost("/{id}/merge", async (string id, CatalogueMerge request, ClaimsPrincipal user, NodeMerger merger, CancellationToken ct) => Done(await merger.MergeAsync(id, request.IntoId, user.Caller(), ct)));
        nodes.MapDelete("/{id}", async (string id, ClaimsPrincipal user, NodeEditor editor, CancellationToken ct) => Done(await editor.DeleteAsync(id, user.Caller(), ct)));
    }

    private static void MapPoints(RouteGroupBuilder points)
    {
        points.MapPost("/", async (PointCreate request, ClaimsPrincipal user, PointEditor editor, CancellationToken ct) => (await editor.AddAsync(request, user.Caller(), ct)).ToResult());
        points.MapPut("/{id}", async (string id, PointEdit request, ClaimsPrincipal user, PointEditor editor, CancellationToken ct) => Done(await editor.EditAsync(id, request, user.Caller(), ct)));
        points.MapPost("/{id}/merge", async (string id, CatalogueMerge request, ClaimsPrincipal user, PointEditor editor, CancellationToken ct) => Done(await editor.MergeAsync(id, request.IntoId, user.Caller(), ct)));
        points.MapDelete("/{id}", async (string id, ClaimsPrincipal user, PointEditor editor, CancellationToken ct) => Done(await editor.DeleteAsync(id, user.Caller(), ct)));
    }

    private static ValueTask<object?> AdministratorsOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.User.Caller().Is(AccountRole.Administrator) ? next(context) : ValueTask.FromResult<object?>(Problems.NoRight);

    /// <param name="format">csv (default) or json.</param>
    private static async Task<IResult> ExportAsync(string? format, ClassroomDb db, CatalogueTrees trees, CancellationToken cancellationToken)
    {
        var rows = CatalogueExport.Rows(await trees.GetAsync(db, cancellationToken)).ToList();
        return format == "json"
            ? Results.File(System.Text.Encoding.UTF8.GetBytes(CatalogueJson.Write(rows)), "application/json", "catalogue.json")
            : CsvTable.File("catalogue.csv", rows.Select(row => row.ToCells()).Prepend([.. CatalogueRow.Columns.Select(names => names[1])]));
    }

    private static async Task<IResult> ImportAsync(bool? dryRun, HttpContext http, CatalogueImport import, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = CatalogueImport.LargestFile + 1;
        }

        if (await CsvFile.ReadAsync(http.Request, CatalogueImport.LargestFile) is not { } text)
        {
            return CsvFile.TooLarge(CatalogueImport.LargestFile);
        }

        var isJson = text.AsSpan().TrimStart() is ['[' or '{', ..];
        return Results.Ok(await import.RunAsync(text, isJson, dryRun ?? false, http.User.Caller(), cancellationToken));
    }

    private static IResult Done(Reply<bool> reply) => reply.Problem is { } problem ? problem : Results.NoContent();

    private static string? OrNull(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
