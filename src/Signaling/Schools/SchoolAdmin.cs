using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

internal static class SchoolAdmin
{
    /// <summary>Lamps and tiles have room for six characters.</summary>
    private const int LongestShortName = 6;

    /// <summary>Less does not even carry a voice and slides, in kbit/s.</summary>
    private const int SmallestLine = 500;
    private const int LargestLine = 10_000_000;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", PickerEndpoints.SchoolsAsync);
        group.MapPost("", CreateAsync);
        group.MapPut("{id}", EditAsync);
        group.MapDelete("{id}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(SchoolRow row, ClassroomDb db, CancellationToken ct)
    {
        if (await ComplaintAsync(row, db, ct) is { } complaint)
        {
            return complaint;
        }

        var school = new School { RegionId = row.RegionId, Name = row.Name.Trim(), ShortName = row.ShortName.Trim(), LineKbps = row.LineKbps };
        db.Schools.Add(school);
        await db.SaveChangesAsync(ct);
        return Results.Created($"/api/admin/schools/{school.Id}", ToRow(school));
    }

    private static async Task<IResult> EditAsync(string id, SchoolRow row, ClassroomDb db, [FromServices] ICourseIndex? index, CancellationToken ct)
    {
        if (await ComplaintAsync(row, db, ct) is { } complaint)
        {
            return complaint;
        }

        if (await db.Schools.FindAsync([id], ct) is not { } school)
        {
            return AdminEndpoints.NotFound();
        }

        var isRenamed = school.Name != row.Name.Trim();
        school.RegionId = row.RegionId;
        school.Name = row.Name.Trim();
        school.ShortName = row.ShortName.Trim();
        school.LineKbps = row.LineKbps;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        if (isRenamed && index is not null)
        {
            await index.RefreshAsync(db, course => course.SchoolId == id, ct);
        }

        await transaction.CommitAsync(ct);
        return Results.Ok(ToRow(school));
    }

    private static async Task<IResult> DeleteAsync(string id, ClassroomDb db, CancellationToken ct)
    {
        if (await db.Classrooms.AnyAsync(classroom => classroom.SchoolId == id, ct))
        {
            return AdminEndpoints.InUse("This school still has classrooms.");
        }

        if (await db.Classes.AnyAsync(schoolClass => schoolClass.SchoolId == id, ct))
        {
            return AdminEndpoints.InUse("This school still has classes.");
        }

        if (await db.Accounts.AnyAsync(account => account.SchoolId == id, ct))
        {
            return AdminEndpoints.InUse("There are still accounts of this school.");
        }

        if (await db.Pairs.AnyAsync(pair => pair.Schools.Any(school => school.Id == id), ct))
        {
            return AdminEndpoints.InUse("This school is in a pair.");
        }

        return await db.Schools.Where(school => school.Id == id).ExecuteDeleteAsync(ct) > 0 ? Results.NoContent() : AdminEndpoints.NotFound();
    }

    private static async Task<ApiProblem?> ComplaintAsync(SchoolRow row, ClassroomDb db, CancellationToken ct) =>
        AdminEndpoints.NameComplaint(row.Name)
        ?? AdminEndpoints.NameComplaint(row.ShortName, "shortName", LongestShortName)
        ?? (row.LineKbps is null or (>= SmallestLine and <= LargestLine)
            ? null
            : ApiProblem.BadRequest("bad_line", "A line has 500 to 10,000,000 kbit/s.", new ApiProblemField("lineKbps", "500 to 10,000,000 kbit/s, or nothing.")))
        ?? (await db.Regions.AnyAsync(region => region.Id == row.RegionId, ct)
            ? null
            : ApiProblem.BadRequest("unknown_region", "There is no such region.", new ApiProblemField("regionId", "There is no such region.")));

    private static SchoolRow ToRow(School school) => new(school.Id, school.RegionId, school.Name, school.ShortName, school.LineKbps);
}
