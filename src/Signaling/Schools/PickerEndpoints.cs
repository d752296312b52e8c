using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Stations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

/// <summary>What pages choose from: regions, schools, pairs, classrooms, classes, teachers. For everyone who is signed in, except students.</summary>
internal static class PickerEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pickers = app.MapGroup("/api").AddEndpointFilter(NotForStudentsAsync);
        pickers.MapGet("regions", RegionsAsync);
        pickers.MapGet("schools", SchoolsAsync);
        pickers.MapGet("pairs", PairsAsync);
        pickers.MapGet("classrooms", ClassroomsAsync);
        pickers.MapGet("classes", ClassesAsync);
        pickers.MapGet("teachers", TeachersAsync);
    }

    public static Task<RegionRow[]> RegionsAsync(ClassroomDb db, CancellationToken ct) =>
        db.Regions.OrderBy(region => region.Name).Select(region => new RegionRow(region.Id, region.Name)).ToArrayAsync(ct);

    public static Task<SchoolRow[]> SchoolsAsync(ClassroomDb db, CancellationToken ct) =>
        db.Schools.OrderBy(school => school.Name).Select(school => new SchoolRow(school.Id, school.RegionId, school.Name, school.ShortName, school.LineKbps)).ToArrayAsync(ct);

    public static async Task<PairRow[]> PairsAsync(ClassroomDb db, CancellationToken ct)
    {
        var pairs = await db.Pairs.AsNoTracking().Include(pair => pair.Schools).OrderBy(pair => pair.Name).ToListAsync(ct);
        return [.. pairs.Select(ToRow)];
    }

    public static async Task<ClassroomRow[]> ClassroomsAsync(ClassroomDb db, CancellationToken ct)
    {
        var classrooms = await db.Classrooms.AsNoTracking().Include(classroom => classroom.School).Include(classroom => classroom.Sources).OrderBy(classroom => classroom.School!.Name).ThenBy(classroom => classroom.Name).ToListAsync(ct);
        return [.. classrooms.Select(ToRow)];
    }

    public static Task<ClassRow[]> ClassesAsync(ClassroomDb db, CancellationToken ct) =>
        db.Classes.OrderBy(schoolClass => schoolClass.Name).Select(schoolClass => new ClassRow(schoolClass.Id, schoolClass.SchoolId, schoolClass.Name, schoolClass.Pupils.Count)).ToArrayAsync(ct);

    public static PairRow ToRow(Pair pair) => new(pair.Id, pair.Name, [.. pair.Schools.Select(school => school.Id)]);

    public static ClassroomRow ToRow(ClassroomRoom classroom) =>
        new(classroom.Id, classroom.SchoolId, classroom.School?.Name ?? "", classroom.Name, LessonInfoSource.SeatsOf(classroom), SelfTests.Of(classroom), LessonInfoSource.ApplianceSeatsOf(classroom));

    public static AccountRow ToRow(Account account) =>
        new(account.Id, account.UserName, account.DisplayName, account.Role, account.SchoolId, account.RegionId, account.Subject, account.IsDisabled);

    private static async Task<AccountRow[]> TeachersAsync(ClassroomDb db, CancellationToken ct)
    {
        var teachers = await db.Accounts.AsNoTracking().Where(account => account.Role == AccountRole.Teacher && !account.IsDisabled).OrderBy(account => account.DisplayName).ToListAsync(ct);
        return [.. teachers.Select(ToRow)];
    }

    private static async ValueTask<object?> NotForStudentsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Caller.From(context.HttpContext.User) is { Role: not AccountRole.Student } ? await next(context) : Lessons.LessonEndpoints.NotAllowed();
}
