using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Accounts;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace Classroom.Signaling.Lessons;

/// <summary>The ways into a lesson: an account's role in it, or its PIN and a name.</summary>
internal static class JoinEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/lessons/{id}/join-code", JoinCodeAsync);
        app.MapPost("/api/lessons/{id}/token", TokenAsync);
        app.MapGet("/api/join/{pin}", LobbyAsync).AllowAnonymous();
        app.MapGet("/api/join/{pin}/seats", SeatsAsync).AllowAnonymous();
        app.MapPost("/api/join", JoinAsync).AllowAnonymous();
    }

    private static async Task<IResult> JoinCodeAsync(string id, HttpContext context, ClassroomDb db, LessonDetails details, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (await LessonEndpoints.FindVisibleAsync(id, caller, db, ct) is not { } lesson)
        {
            return LessonEndpoints.NotFound();
        }

        if (!LessonRights.MayChange(caller, lesson))
        {
            return LessonEndpoints.NotAllowed();
        }

        if (lesson.Pin is not { } pin)
        {
            return ApiProblem.Conflict("no_pin", "The PIN of this lesson has expired. Make a new one in the lesson.");
        }

        var url = details.JoinUrl(pin, context.Request);
        return Results.Ok(new JoinCode(pin, url, QrSvg(url), lesson.PinExpiresAt));
    }

    private static async Task<IResult> TokenAsync(string id, TokenRequest request, HttpContext context, ClassroomDb db, JoinTickets tickets, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (await LessonEndpoints.FindVisibleAsync(id, caller, db, ct) is not { } lesson)
        {
            return LessonEndpoints.NotFound();
        }

        if (!LessonRights.MayEnter(caller, lesson, request.Role))
        {
            return ApiProblem.Forbidden("not_allowed", "Your account may not enter this lesson in that role.");
        }

        if (lesson.State is LessonState.Ended or LessonState.Cancelled)
        {
            return ApiProblem.Conflict("lesson_over", "This lesson is over.");
        }

        var classroomId = request.ClassroomId;
        if (classroomId is not null ? !lesson.Classrooms.Exists(link => link.ClassroomId == classroomId) : request.Role == LessonRole.Station)
        {
            return ApiProblem.BadRequest("unknown_classroom", "This classroom does not take part in the lesson.");
        }

        if (request.Role == LessonRole.Station)
        {
            return Results.Ok(await tickets.ForStationAsync(lesson, classroomId!, ct));
        }

        var name = await db.Accounts.Where(account => account.Id == caller.AccountId).Select(account => account.DisplayName).FirstAsync(ct);
        return Results.Ok(tickets.For(lesson, new JoinGrant(lesson.Id, request.Role, classroomId, Name: name, AccountId: caller.AccountId)));
    }

    private static async Task<IResult> LobbyAsync(string pin, HttpContext context, ClassroomDb db, AttemptLimits limits, CancellationToken ct)
    {
        if (await FindByPinAsync(pin, context, db, limits, ct) is not { Lesson: { } lesson } found)
        {
            return WrongPin(context, limits);
        }

        string[] schools = [.. found.Lesson.Classrooms.OrderByDescending(link => link.IsHost).Select(link => link.Classroom?.School?.Name).OfType<string>().Distinct()];
        return Results.Ok(new LobbyInfo(lesson.Id, lesson.Title, lesson.Teacher?.DisplayName ?? "", schools));
    }

    private static async Task<IResult> SeatsAsync(string pin, HttpContext context, ClassroomDb db, AttemptLimits limits, LessonRoster roster, LessonRooms rooms, CancellationToken ct)
    {
        if (await FindByPinAsync(pin, context, db, limits, ct) is not { Lesson: { } lesson })
        {
            return WrongPin(context, limits);
        }

        var here = rooms.Find(lesson.Id) is { } room ? await room.Tablets.NamesHereAsync() : [];
        var classes = (await roster.ReadAsync(lesson.Id, ct)).GroupBy(pupil => (pupil.ClassroomId, pupil.SchoolName, pupil.ClassName));
        return Results.Ok(new SeatList([.. classes.Select(sitting => new ClassSeats(
            sitting.Key.ClassroomId,
            sitting.Key.SchoolName,
            sitting.Key.ClassName,
            [.. sitting.Select(pupil => new PupilSeat(pupil.Id, pupil.Number, pupil.Name, here.Contains((pupil.ClassroomId, pupil.Name))))]))]));
    }

    private static async Task<IResult> JoinAsync(JoinByPin request, HttpContext context, ClassroomDb db, AttemptLimits limits, JoinTickets tickets, LessonRoster roster, CancellationToken ct)
    {
        if (await FindByPinAsync(request.Pin, context, db, limits, ct) is not { Lesson: { } lesson })
        {
            return WrongPin(context, limits);
        }

        var pupil = request.PupilId is { } pupilId ? (await roster.ReadAsync(lesson.Id, ct)).FirstOrDefault(child => child.Id == pupilId) : null;
        var name = Arrival.Clean(pupil?.Name ?? request.Name);
        if (name.Length == 0)
        {
            return ApiProblem.BadRequest("bad_name", "Please type your name.", new ApiProblemField("name", "Please type your name."));
        }

        if (lesson.State == LessonState.Planned)
        {
            return ApiProblem.Conflict("not_open", "This lesson is not open yet. Please try again shortly before it starts.");
        }

        return Results.Ok(tickets.For(lesson, new JoinGrant(lesson.Id, LessonRole.Student, Name: name, PupilId: pupil?.Id)));
    }

    private static async Task<FoundByPin?> FindByPinAsync(string? pin, HttpContext context, ClassroomDb db, AttemptLimits limits, CancellationToken ct)
    {
        var address = AttemptLimits.AddressOf(context);
        if (limits.Pins.IsBlocked(address))
        {
            return null;
        }

        var now = context.RequestServices.GetService(typeof(TimeProvider)) is TimeProvider time ? time.GetUtcNow().UtcDateTime : default;
        var lesson = pin is { Length: 6 }
            ? await Pins.InUse(LessonQueries.WithEverything(db.Lessons.AsNoTracking()), pin).FirstOrDefaultAsync(l => l.PinExpiresAt == null || l.PinExpiresAt > now, ct)
            : null;
        if (lesson is null)
        {
            limits.Pins.Failed(address);
            return null;
        }

        return new FoundByPin(lesson);
    }

    private static ApiProblem WrongPin(HttpContext context, AttemptLimits limits) => limits.Pins.IsBlocked(AttemptLimits.AddressOf(context))
        ? ApiProblem.TooMany("too_many_attempts", "Too many wrong PINs from here. Please wait five minutes.")
        : ApiProblem.NotFound("unknown_pin", "There is no lesson with this PIN.");

    private static string QrSvg(string url)
    {
        using var data = QRCodeGenerator.GenerateQrCode(url, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(8, "#0B1F2A", "#FFFFFF", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private sealed record FoundByPin(Lesson Lesson);
}
