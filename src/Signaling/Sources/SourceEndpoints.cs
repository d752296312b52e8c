using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Lessons;
using Classroom.Signaling.Live;
using Classroom.Signaling.Schools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Sources;

/// <summary>The appliances of a classroom, for technicians and administrators; how it stands with them in a lesson, for its teacher too.</summary>
internal static partial class SourceEndpoints
{
    private const int MostTests = 2;
    private static readonly SemaphoreSlim s_tests = new(MostTests);

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/admin/classrooms/{id}")
            .AddEndpointFilter((context, next) => AdminEndpoints.OnlyAsync(context, next, AccountRole.Administrator, AccountRole.Technician));
        group.MapGet("sources", ReadAsync);
        group.MapPut("sources", SaveAsync);
        group.MapPost("sources/test", TestAsync);
        app.MapGet("/api/lessons/{id}/sources", OfLessonAsync);
    }

    private static async Task<IResult> ReadAsync(string id, HttpContext context, ClassroomDb db, SourceVault vault, SourceService service, CancellationToken ct)
    {
        var (classroom, refusal) = await FindAsync(id, context, db, ct);
        return classroom is null ? refusal! : Results.Ok(RowsOf(classroom, vault, service));
    }

    private static async Task<IResult> SaveAsync(
        string id, ClassroomSourcesSave request, HttpContext context, ClassroomDb db, SourceVault vault, SourceService service, ILogger<SourceService> logger, CancellationToken ct)
    {
        var (classroom, refusal) = await FindAsync(id, context, db, ct);
        if (classroom is null)
        {
            return refusal!;
        }

        var seats = LessonInfoSource.SeatsOf(classroom);
        Dictionary<SeatKind, SourceAddress> addresses = [];
        foreach (var (input, place) in (request.Sources ?? []).Select((input, place) => (input, place)))
        {
            if (!seats.Contains(input.Seat) || addresses.ContainsKey(Enum.Parse<SeatKind>(input.Seat)))
            {
                return ApiProblem.BadRequest("bad_seats", "Each of the classroom's seats can be named once.", new ApiProblemField($"sources[{place}].seat", "Not a seat of this classroom."));
            }

            if (string.IsNullOrWhiteSpace(input.Address))
            {
                continue;
            }

            if (!SourceAddress.TryParse(input.Address, out var address))
            {
                return BadAddress($"sources[{place}].address");
            }

            addresses[Enum.Parse<SeatKind>(input.Seat)] = address;
        }

        Put(classroom, addresses, vault);
        await db.SaveChangesAsync(ct);
        Log.Changed(logger, Caller.From(context.User)!.AccountId, id, string.Join(", ", addresses.Select(entry => $"{entry.Key} {entry.Value}")));
        service.Nudge();
        return Results.Ok(RowsOf(classroom, vault, service));
    }

    private static void Put(ClassroomRoom classroom, Dictionary<SeatKind, SourceAddress> addresses, SourceVault vault)
    {
        classroom.Sources.RemoveAll(source => !addresses.ContainsKey(source.Seat));
        foreach (var (seat, address) in addresses)
        {
            if (classroom.Sources.Find(source => source.Seat == seat) is { } known)
            {
                known.SealedAddress = vault.Seal(address);
            }
            else
            {
                classroom.Sources.Add(new ClassroomSource { ClassroomId = classroom.Id, Seat = seat, SealedAddress = vault.Seal(address) });
            }
        }
    }

    private static async Task<IResult> TestAsync(string id, SourceTest request, HttpContext context, ClassroomDb db, SourceProbe probe, CancellationToken ct)
    {
        var (classroom, refusal) = await FindAsync(id, context, db, ct);
        if (classroom is null)
        {
            return refusal!;
        }

        if (!SourceAddress.TryParse(request.Address, out var address))
        {
            return BadAddress("address");
        }

        if (!await s_tests.WaitAsync(TimeSpan.Zero, ct))
        {
            return ApiProblem.TooMany("too_many_attempts", "Other tests are running. Please try again in a moment.");
        }

        try
        {
            return Results.Ok(await probe.LookAsync(address, ct));
        }
        finally
        {
            s_tests.Release();
        }
    }

    private static async Task<IResult> OfLessonAsync(string id, HttpContext context, ClassroomDb db, SourceService service, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        return caller.Is(AccountRole.Teacher, AccountRole.Technician, AccountRole.Administrator) && await LessonEndpoints.FindVisibleAsync(id, caller, db, ct) is not null
            ? Results.Ok(service.Of(id))
            : LessonEndpoints.NotFound();
    }

    private static async Task<(ClassroomRoom? Classroom, IResult? Refusal)> FindAsync(string id, HttpContext context, ClassroomDb db, CancellationToken ct)
    {
        if (await db.Classrooms.Include(classroom => classroom.Sources).FirstOrDefaultAsync(classroom => classroom.Id == id, ct) is not { } found)
        {
            return (null, AdminEndpoints.NotFound());
        }

        return ClassroomAdmin.MayChange(context, found.SchoolId) ? (found, null) : (null, LessonEndpoints.NotAllowed());
    }

    private static ClassroomSourceRow[] RowsOf(ClassroomRoom classroom, SourceVault vault, SourceService service) =>
    [
        .. LessonInfoSource.SeatsOf(classroom).Select(Enum.Parse<SeatKind>).Select(seat => new ClassroomSourceRow(
            seat.ToString(),
            classroom.Sources.Find(source => source.Seat == seat) is { } source ? vault.Open(source.SealedAddress)?.Reveal() ?? "" : "",
            service.StatusOf(new SourceKey(classroom.Id, seat)))),
    ];

    private static ApiProblem BadAddress(string field)
    {
        const string Rule = "An address begins with rtsp://, rtsps://, rtmp:// or rtmps://, without blanks, and has at most 512 characters.";
        return ApiProblem.BadRequest("bad_source_address", Rule, new ApiProblemField(field, Rule));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{AccountId} set the appliances of classroom {ClassroomId}: {Places}.")]
        public static partial void Changed(ILogger logger, string accountId, string classroomId, string places);
    }
}
