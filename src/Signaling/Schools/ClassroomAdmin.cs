using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Lessons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

internal static class ClassroomAdmin
{
    private const int MostSeats = 6;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", PickerEndpoints.ClassroomsAsync);
        group.MapPost("", (ClassroomRow row, HttpContext context, ClassroomDb db, CancellationToken ct) =>
            WriteAsync(new ClassroomRoom { SchoolId = row.SchoolId ?? "", Name = "" }, isNew: true, row, context, db, ct));
        group.MapPut("{id}", async (string id, ClassroomRow row, HttpContext context, ClassroomDb db, CancellationToken ct) =>
            await db.Classrooms.FindAsync([id], ct) is { } classroom
                ? await WriteAsync(classroom, isNew: false, row, context, db, ct)
                : AdminEndpoints.NotFound());
        group.MapDelete("{id}", DeleteAsync);
    }

    private static async Task<IResult> WriteAsync(ClassroomRoom classroom, bool isNew, ClassroomRow row, HttpContext context, ClassroomDb db, CancellationToken ct)
    {
        if (!MayChange(context, classroom.SchoolId) || !MayChange(context, row.SchoolId))
        {
            return LessonEndpoints.NotAllowed();
        }

        if (AdminEndpoints.NameComplaint(row.Name) is { } complaint)
        {
            return complaint;
        }

        if (await db.Schools.FindAsync([row.SchoolId ?? ""], ct) is not { } school)
        {
            return ApiProblem.BadRequest("unknown_school", "There is no such school.", new ApiProblemField("schoolId", "There is no such school."));
        }

        var seats = (row.Seats ?? []).Distinct().ToList();
        if (seats.Count is 0 or > MostSeats || !seats.TrueForAll(seat => Enum.IsDefined(typeof(SeatKind), seat)))
        {
            return ApiProblem.BadRequest("bad_seats", $"A classroom has 1 to {MostSeats} known seats.", new ApiProblemField("seats", $"1 to {MostSeats} known seats."));
        }

        classroom.SchoolId = school.Id;
        classroom.School = school;
        classroom.Name = row.Name.Trim();
        classroom.Seats = string.Join(',', seats);
        if (isNew)
        {
            db.Classrooms.Add(classroom);
        }

        await db.SaveChangesAsync(ct);
        var written = PickerEndpoints.ToRow(classroom);
        return isNew ? Results.Created($"/api/admin/classrooms/{classroom.Id}", written) : Results.Ok(written);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, ClassroomDb db, CancellationToken ct)
    {
        if (await db.Classrooms.FindAsync([id], ct) is not { } classroom)
        {
            return AdminEndpoints.NotFound();
        }

        if (!MayChange(context, classroom.SchoolId))
        {
            return LessonEndpoints.NotAllowed();
        }

        if (await db.LessonClassrooms.AnyAsync(link => link.ClassroomId == id, ct))
        {
            return AdminEndpoints.InUse("There are lessons of this classroom.");
        }

        db.Classrooms.Remove(classroom);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    /// <summary>A technician of a school manages that school's classrooms; one of a bureau, all.</summary>
    public static bool MayChange(HttpContext context, string? schoolId)
    {
        var caller = Caller.From(context.User)!;
        return caller.Role == AccountRole.Administrator || caller.SchoolId is null || caller.SchoolId == schoolId;
    }
}
