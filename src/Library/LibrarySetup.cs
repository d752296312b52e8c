using System.Security.Claims;
using Classroom.Data;
using Classroom.Library.Cards;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Classroom.Library.Play;
using Classroom.Library.Reviews;
using Classroom.Library.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Classroom.Library;

/// <summary>The chapter tree, micro-courses from draft to catalogue, search and player.</summary>
public static class LibrarySetup
{
    /// <summary>Wants <see cref="DataSetup.AddClassroomData"/> and an <see cref="IMediaLinks"/>.</summary>
    public static IServiceCollection AddLibrary(this IServiceCollection services, Action<LibraryOptions>? configure = null)
    {
        services.AddOptions<LibraryOptions>().Configure(configure ?? (_ => { })).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CatalogueTrees>();
        services.AddSingleton<ICourseIndex, CourseIndex>();
        services.AddScoped<CatalogueReader>();
        services.AddScoped<CourseCards>();
        services.AddScoped<CourseSearch>();
        services.AddScoped<CourseLoader>();
        services.AddScoped<CourseCutter>();
        services.AddScoped<DraftReader>();
        services.AddScoped<DraftSaver>();
        services.AddScoped<CourseSteps>();
        services.AddScoped<ReviewDesk>();
        services.AddScoped<CoursePlayer>();
        return services;
    }

    /// <summary>Everything needs a signed-in account.</summary>
    public static IEndpointRouteBuilder MapLibrary(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization();
        MapCatalogue(api.MapGroup("/catalogue"));
        var courses = api.MapGroup("/courses");
        courses.MapGet("/", FindAsync);
        DraftEndpoints.Map(courses);
        MapReviews(api, courses);
        MapPlayer(courses);
        return routes;
    }

    internal static Caller Caller(this ClaimsPrincipal user) =>
        Data.Caller.From(user) ?? throw new InvalidOperationException("This endpoint was reached without a signed-in account.");

    private static void MapCatalogue(RouteGroupBuilder catalogue)
    {
        catalogue.MapGet("/tree", (CatalogueReader reader, CancellationToken cancellationToken) => reader.WholeTreeAsync(cancellationToken));
        catalogue.MapGet("/nodes", async (string? parent, CatalogueReader reader, CancellationToken cancellationToken) =>
            (await reader.ChildrenAsync(OrNull(parent), cancellationToken)).ToResult());
        catalogue.MapGet("/points", async (string? node, CatalogueReader reader, CancellationToken cancellationToken) =>
            (await reader.PointsAsync(OrNull(node), cancellationToken)).ToResult());
    }

    private static Task<CoursePage> FindAsync(
        string? text, string? node, string? point, string? school, CourseType? type, int? page, CourseSearch search, CancellationToken cancellationToken) =>
        search.FindAsync(new CourseQuery(text, node, point, school, type, page ?? 1), cancellationToken);

    private static void MapReviews(RouteGroupBuilder api, RouteGroupBuilder courses)
    {
        api.MapGet("/reviews", async (ClaimsPrincipal user, ReviewDesk desk, CancellationToken cancellationToken) =>
            (await desk.QueueAsync(user.Caller(), cancellationToken)).ToResult());
        courses.MapPost("/{id}/review", async (string id, ReviewRequest request, ClaimsPrincipal user, ReviewDesk desk, CancellationToken cancellationToken) =>
            (await desk.DecideAsync(id, request, user.Caller(), cancellationToken)).ToResult());
    }

    private static void MapPlayer(RouteGroupBuilder courses)
    {
        courses.MapGet("/{id}/play", async (string id, HttpContext http, CoursePlayer player, CancellationToken cancellationToken) =>
            (await player.PlayAsync(id, http.User.Caller(), http.Connection.RemoteIpAddress?.ToString(), cancellationToken)).ToResult());
        courses.MapPost("/{id}/played", async (string id, HttpContext http, CoursePlayer player, CancellationToken cancellationToken) =>
            await player.CountAsync(id, http.User.Caller(), cancellationToken) ? Results.NoContent() : Problems.CourseNotFound);
    }

    private static string? OrNull(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
