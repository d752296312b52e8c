using System.Security.Claims;
using Classroom.Data;
using Classroom.Library.Cards;
using Classroom.Library.Catalogue;
using Classroom.Library.Catalogue.Editing;
using Classroom.Library.Catalogue.Tables;
using Classroom.Library.Drafts;
using Classroom.Library.Inbox;
using Classroom.Library.Packages;
using Classroom.Library.Play;
using Classroom.Library.Preflight;
using Classroom.Library.Public;
using Classroom.Library.Questions;
using Classroom.Library.Reviews;
using Classroom.Library.Search;
using Classroom.Library.Series;
using Classroom.Library.Shelves;
using Classroom.Library.Statements;
using Classroom.Library.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Classroom.Library;

/// <summary>The chapter tree, micro-courses from draft to catalogue, search and player.</summary>
public static class LibrarySetup
{
    /// <summary>Wants <see cref="DataSetup.AddClassroomData"/>, an <see cref="IMediaLinks"/>, an <see cref="ICourseCovers"/>, <see cref="ILessonFiles"/> and an <see cref="IClientPage"/>.</summary>
    public static IServiceCollection AddLibrary(this IServiceCollection services, Action<LibraryOptions>? configure = null)
    {
        services.AddOptions<LibraryOptions>().Configure(configure ?? (_ => { })).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CatalogueTrees>();
        services.AddSingleton<Shelf>();
        services.AddSingleton<TextFinder>();
        services.AddSingleton<ICourseIndex, CourseIndex>();
        services.AddHostedService<ShelfRepair>();
        services.AddScoped<Suggestions>();
        services.AddScoped<CatalogueLog>();
        services.AddScoped<NodeEditor>();
        services.AddScoped<NodeMerger>();
        services.AddScoped<PointEditor>();
        services.AddScoped<CatalogueImport>();
        services.AddScoped<CatalogueReader>();
        services.AddScoped<CourseCards>();
        services.AddScoped<CourseSearch>();
        services.AddScoped<CourseLoader>();
        services.AddScoped<CourseCutter>();
        services.AddScoped<DraftReader>();
        services.AddScoped<DraftSaver>();
        services.AddScoped<Captions>();
        services.AddScoped<PresetDesk>();
        services.AddScoped<ExportDesk>();
        services.AddScoped<CourseSteps>();
        services.AddScoped<ReviewDesk>();
        services.AddScoped<CourseComments>();
        services.AddScoped<CourseAwards>();
        services.AddScoped<Notifications>();
        services.AddScoped<CoursePlayer>();
        services.AddScoped<PublicPages>();
        services.AddScoped<PublicDesk>();
        services.AddScoped<AnswerDesk>();
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<OutboxLevel>();
        services.AddScoped<StatementWriter>();
        services.AddSingleton<RecordStoreClient>();
        services.AddSingleton<StatementSender>();
        services.AddHostedService<StatementDelivery>();
        services.AddScoped<CoursePackage>();
        services.AddScoped<SeriesDesk>();
        services.AddScoped<PointTimes>();
        services.AddScoped<WatchLog>();
        services.AddScoped<CourseNotes>();
        services.AddScoped<CourseStatisticsReader>();
        services.AddScoped<SchoolStatisticsReader>();
        return services;
    }

    /// <summary>Everything but the pages of public courses needs a signed-in account.</summary>
    public static IEndpointRouteBuilder MapLibrary(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization();
        CatalogueEndpoints.Map(api);
        var courses = api.MapGroup("/courses");
        SearchEndpoints.Map(courses);
        DraftEndpoints.Map(courses);
        ReviewEndpoints.Map(api, courses);
        WatchEndpoints.Map(api, courses);
        PackageEndpoints.Map(courses);
        SeriesEndpoints.Map(api.MapGroup("/series"));
        MapInbox(api.MapGroup("/notifications"));
        EditingEndpoints.Map(courses);
        PreflightEndpoints.Map(api, courses);
        MapPlayer(courses);
        PublicEndpoints.Map(routes, courses);
        QuestionEndpoints.Map(routes, courses);
        return routes;
    }

    internal static Caller Caller(this ClaimsPrincipal user) =>
        Data.Caller.From(user) ?? throw new InvalidOperationException("This endpoint was reached without a signed-in account.");

    private static void MapInbox(RouteGroupBuilder inbox)
    {
        inbox.MapGet("/", (ClaimsPrincipal user, Notifications notifications, CancellationToken cancellationToken) => notifications.ReadAsync(user.Caller(), cancellationToken));
        inbox.MapPost("/read", async (ClaimsPrincipal user, Notifications notifications, CancellationToken cancellationToken) =>
        {
            await notifications.ReadAllAsync(user.Caller(), cancellationToken);
            return Results.NoContent();
        });
    }

    private static void MapPlayer(RouteGroupBuilder courses)
    {
        courses.MapGet("/{id}/play", async (string id, HttpContext http, CoursePlayer player, CancellationToken cancellationToken) =>
            (await player.PlayAsync(id, http.User.Caller(), http.Connection.RemoteIpAddress?.ToString(), cancellationToken)).ToResult());
        courses.MapPost("/{id}/played", async (string id, HttpContext http, CoursePlayer player, CancellationToken cancellationToken) =>
            await player.CountAsync(id, http.User.Caller(), cancellationToken) ? Results.NoContent() : Problems.CourseNotFound);
    }
}
