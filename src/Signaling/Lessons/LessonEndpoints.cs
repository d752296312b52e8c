using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Live.Picture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Lessons;

/// <summary>Planning, opening and cancelling lessons.</summary>
internal static class LessonEndpoints
{
    private static readonly TimeSpan LongestList = TimeSpan.FromDays(100);

    public static void Map(IEndpointRouteBuilder app)
    {
        var lessons = app.MapGroup("/api/lessons");
        lessons.MapGet("", ListAsync);
        lessons.MapPost("", PlanAsync);
        lessons.MapGet("{id}", ReadAsync);
        lessons.MapPut("{id}", EditAsync);
        lessons.MapPost("{id}/open", OpenAsync);
        lessons.MapPost("{id}/cancel", CancelAsync);
        app.MapGet("/api/room-kinds", () => Results.Ok(RoomKindDefaults.All));
    }

    private static async Task<IResult> ListAsync(DateTimeOffset? from, DateTimeOffset? to, HttpContext context, ClassroomDb db, LessonCards cards, TimeProvider time, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        var start = (from ?? time.GetUtcNow().AddDays(-7)).UtcDateTime;
        var end = (to ?? new DateTimeOffset(start, TimeSpan.Zero).AddDays(30)).UtcDateTime;
        if (end <= start || end - start > LongestList)
        {
            return ApiProblem.BadRequest("bad_range", "Please ask for at most 100 days.");
        }

        var region = await RegionOfAsync(db, caller, ct);
        return Results.Ok(await cards.ReadAsync(
            all => LessonRights.Visible(all, caller, region)
                .Where(lesson => lesson.IsAlwaysOpen || (lesson.PlannedEnd > start && lesson.PlannedStart < end))
                .OrderBy(lesson => lesson.PlannedStart),
            ct));
    }

    private static async Task<IResult> PlanAsync(LessonPlan plan, HttpContext context, ClassroomDb db, LessonPlanning planning, LessonClock clock, Pins pins, LessonDetails details, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (!LessonRights.MayPlan(caller))
        {
            return NotAllowed();
        }

        plan = plan with { TeacherAccountId = plan.TeacherAccountId ?? caller.AccountId };
        if (caller.Role == AccountRole.Teacher && plan.TeacherAccountId != caller.AccountId)
        {
            return ApiProblem.Forbidden("not_allowed", "You can only plan your own lessons.");
        }

        var lesson = new Lesson { Title = plan.Title ?? "" };
        if (await planning.ComplaintsAsync(plan, lesson, ct) is { Count: > 0 } fields)
        {
            return ApiProblem.BadRequest("bad_plan", fields[0].Message, fields);
        }

        LessonPlanning.Write(plan, lesson);
        lesson.Pin = await pins.NewAsync(ct);
        db.Lessons.Add(lesson);
        await db.SaveChangesAsync(ct);
        clock.PlanChanged();
        return Results.Created($"/api/lessons/{lesson.Id}", await details.ReadAsync(lesson.Id, caller, context.Request, ct));
    }

    private static async Task<IResult> ReadAsync(string id, HttpContext context, ClassroomDb db, LessonDetails details, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        return await FindVisibleAsync(id, caller, db, ct) is null
            ? NotFound()
            : Results.Ok(await details.ReadAsync(id, caller, context.Request, ct));
    }

    private static async Task<IResult> EditAsync(string id, LessonPlan plan, HttpContext context, ClassroomDb db, LessonPlanning planning, LessonClock clock, LessonRooms rooms, LessonDetails details, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (await FindVisibleAsync(id, caller, db, ct) is not { } lesson)
        {
            return NotFound();
        }

        if (!LessonRights.MayChange(caller, lesson))
        {
            return NotAllowed();
        }

        if (lesson.State is not (LessonState.Planned or LessonState.Open))
        {
            return ApiProblem.Conflict("lesson_started", "This lesson has started: its plan can no longer be changed.");
        }

        plan = plan with { TeacherAccountId = plan.TeacherAccountId ?? lesson.TeacherAccountId };
        if (caller.Role == AccountRole.Teacher && plan.TeacherAccountId != caller.AccountId)
        {
            return ApiProblem.Forbidden("not_allowed", "Only an administrator can give a lesson to another teacher.");
        }

        if (await planning.ComplaintsAsync(plan, lesson, ct) is { Count: > 0 } fields)
        {
            return ApiProblem.BadRequest("bad_plan", fields[0].Message, fields);
        }

        LessonPlanning.Write(plan, lesson);
        await db.SaveChangesAsync(ct);
        clock.PlanChanged();
        await rooms.RefreshAsync(id, ct);
        return Results.Ok(await details.ReadAsync(id, caller, context.Request, ct));
    }

    private static async Task<IResult> OpenAsync(string id, HttpContext context, ClassroomDb db, LessonRooms rooms, LessonDetails details, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (await FindVisibleAsync(id, caller, db, ct) is not { } lesson)
        {
            return NotFound();
        }

        if (!LessonRights.MayChange(caller, lesson))
        {
            return NotAllowed();
        }

        return await rooms.OpenAsync(id, ct) is null
            ? ApiProblem.Conflict("lesson_over", "This lesson is over.")
            : Results.Ok(await details.ReadAsync(id, caller, context.Request, ct));
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, ClassroomDb db, LessonRooms rooms, LessonDetails details, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (await FindVisibleAsync(id, caller, db, ct) is not { } lesson)
        {
            return NotFound();
        }

        if (!LessonRights.MayChange(caller, lesson))
        {
            return NotAllowed();
        }

        if (rooms.Find(id) is { } room)
        {
            if (!await room.CancelAsync())
            {
                return ApiProblem.Conflict("lesson_started", "This lesson has started: end it instead.");
            }
        }
        else if (LessonSteps.After(lesson.State, LessonStep.Cancel) is { } next)
        {
            lesson.State = next;
            await db.SaveChangesAsync(ct);
        }
        else
        {
            return ApiProblem.Conflict("lesson_over", "This lesson is over.");
        }

        return Results.Ok(await details.ReadAsync(id, caller, context.Request, ct));
    }

    internal static async Task<Lesson?> FindVisibleAsync(string id, Caller caller, ClassroomDb db, CancellationToken ct) =>
        await LessonRights.Visible(db.Lessons.Include(lesson => lesson.Classrooms), caller, await RegionOfAsync(db, caller, ct)).FirstOrDefaultAsync(lesson => lesson.Id == id, ct);

    internal static Task<string?> RegionOfAsync(ClassroomDb db, Caller caller, CancellationToken ct) =>
        db.Accounts.Where(account => account.Id == caller.AccountId).Select(account => account.RegionId).FirstOrDefaultAsync(ct);

    internal static ApiProblem NotFound() => ApiProblem.NotFound("lesson_not_found", "There is no such lesson.");

    internal static ApiProblem NotAllowed() => ApiProblem.Forbidden("not_allowed", "Your account may not do this.");
}
