using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Lessons;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Stations;

/// <summary>Setting a classroom's device up once, and telling it what to be in.</summary>
internal static class StationEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/stations", SetUpAsync);
        app.MapGet("/api/stations/state", StateAsync).AllowAnonymous();
        app.MapPost("/api/stations/self-test", TestedAsync).AllowAnonymous();
    }

    private static async Task<IResult> SetUpAsync(StationSetup request, HttpContext context, ClassroomDb db, JoinTokens tokens, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (!caller.Is(AccountRole.Technician, AccountRole.Teacher, AccountRole.Administrator))
        {
            return LessonEndpoints.NotAllowed();
        }

        var classroom = await db.Classrooms.Include(c => c.School).Include(c => c.Sources).FirstOrDefaultAsync(c => c.Id == request.ClassroomId, ct);
        if (classroom is null)
        {
            return UnknownClassroom();
        }

        if (caller is { Role: not AccountRole.Administrator, SchoolId: { } schoolId } && classroom.SchoolId != schoolId)
        {
            return ApiProblem.Forbidden("not_allowed", "This classroom belongs to another school.");
        }

        var token = tokens.IssueDevice(classroom.Id, Arrival.Clean(request.DeviceName));
        return Results.Ok(new StationKey(token, classroom.Id, classroom.Name, classroom.School?.Name ?? "", LessonInfoSource.StationSeatsOf(classroom)));
    }

    private static async Task<IResult> StateAsync(
        HttpContext context, ClassroomDb db, JoinTokens tokens, JoinTickets tickets, LessonCards cards, StationPresence presence, StationTimetable timetable, TimeProvider time, CancellationToken ct)
    {
        var classroomId = await tokens.ReadDeviceAsync(JoinTokenHandler.BearerOf(context.Request));
        if (classroomId is null)
        {
            return ApiProblem.Unauthorized("wrong_device_token", "This station must be set up again.");
        }

        var classroom = await db.Classrooms.AsNoTracking().Include(c => c.School).Include(c => c.Sources).FirstOrDefaultAsync(c => c.Id == classroomId, ct);
        if (classroom is null)
        {
            return UnknownClassroom();
        }

        presence.Seen(classroomId);
        var now = time.GetUtcNow().UtcDateTime;
        var lesson = await timetable.CurrentAsync(db, classroomId, ct);
        var card = lesson is null ? null : (await cards.ReadAsync(all => all.Where(l => l.Id == lesson.Id), ct)).FirstOrDefault();
        var ticket = lesson is { State: LessonState.Open or LessonState.Live } ? await tickets.ForStationAsync(lesson, classroomId, ct) : null;
        return Results.Ok(new StationState(classroom.Name, classroom.School?.Name ?? "", LessonInfoSource.StationSeatsOf(classroom), card, ticket, now));
    }

    private static async Task<IResult> TestedAsync(StationSelfTest test, HttpContext context, ClassroomDb db, JoinTokens tokens, TimeProvider time, CancellationToken ct)
    {
        if (await tokens.ReadDeviceAsync(JoinTokenHandler.BearerOf(context.Request)) is not { } classroomId)
        {
            return ApiProblem.Unauthorized("wrong_device_token", "This station must be set up again.");
        }

        if (!SelfTests.IsSane(test))
        {
            return ApiProblem.BadRequest("bad_self_test", "This is no self-test.");
        }

        if (await db.Classrooms.FindAsync([classroomId], ct) is not { } classroom)
        {
            return UnknownClassroom();
        }

        classroom.SelfTest = SelfTests.Write(test);
        classroom.SelfTestAt = time.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    private static ApiProblem UnknownClassroom() => ApiProblem.NotFound("classroom_not_found", "There is no such classroom.");
}
