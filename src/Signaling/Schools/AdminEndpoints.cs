using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Lessons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Signaling.Schools;

/// <summary>Managing regions, schools, pairs, classrooms, classes and accounts. Administrators; technicians for the classrooms of their school.</summary>
internal static class AdminEndpoints
{
    public const int LongestName = 64;

    public static void Map(IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/api/admin").AddEndpointFilter((context, next) => OnlyAsync(context, next, AccountRole.Administrator));
        RegionAdmin.Map(admin.MapGroup("regions"));
        SchoolAdmin.Map(admin.MapGroup("schools"));
        PairAdmin.Map(admin.MapGroup("pairs"));
        ClassAdmin.Map(admin.MapGroup("classes"));
        AccountAdmin.Map(admin.MapGroup("accounts"));

        var classrooms = app.MapGroup("/api/admin/classrooms")
            .AddEndpointFilter((context, next) => OnlyAsync(context, next, AccountRole.Administrator, AccountRole.Technician));
        ClassroomAdmin.Map(classrooms);
    }

    /// <summary>Null when the text is a name; otherwise what is wrong with it.</summary>
    public static ApiProblem? NameComplaint(string? text, string field = "name", int longest = LongestName) =>
        (text ?? "").Trim().Length is var length && length > 0 && length <= longest
            ? null
            : ApiProblem.BadRequest("bad_name", $"A name has 1 to {longest} characters.", new ApiProblemField(field, $"1 to {longest} characters."));

    public static ApiProblem NotFound() => ApiProblem.NotFound("not_found", "This entry is gone. Please reload the page.");

    public static ApiProblem InUse(string why) => ApiProblem.Conflict("in_use", why);

    /// <summary>Lets a call through when the account has one of the roles.</summary>
    public static async ValueTask<object?> OnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, params AccountRole[] roles) =>
        Caller.From(context.HttpContext.User) is { } caller && caller.Is(roles) ? await next(context) : LessonEndpoints.NotAllowed();
}
