using Classroom.Data;
using Classroom.Data.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Signaling.Lessons;

/// <summary>What a request about the lesson {id} of its route may do.</summary>
internal static class LessonDoor
{
    /// <summary>The lesson when the caller may plan it, else the refusal.</summary>
    public static async Task<(ApiProblem? Refused, Lesson? Lesson)> PlannedByAsync(HttpContext http)
    {
        var caller = Caller.From(http.User)!;
        var id = http.GetRouteValue("id") as string ?? "";
        var lesson = await LessonEndpoints.FindVisibleAsync(id, caller, http.RequestServices.GetRequiredService<ClassroomDb>(), http.RequestAborted);
        return lesson switch
        {
            null => (LessonEndpoints.NotFound(), null),
            _ when !LessonRights.MayChange(caller, lesson) => (LessonEndpoints.NotAllowed(), null),
            _ => (null, lesson),
        };
    }
}
