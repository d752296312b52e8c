using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

/// <summary>Classes and their rosters.</summary>
internal static class ClassAdmin
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", PickerEndpoints.ClassesAsync);
        group.MapPost("", CreateAsync);
        group.MapPut("{id}", EditAsync);
        group.MapDelete("{id}", DeleteAsync);
        group.MapGet("{id}/roster", RosterAsync);
        group.MapPost("{id}/roster", ImportAsync);
        group.MapPut("{id}/roster/{pupilId}", ConsentAsync);
    }

    private static async Task<IResult> CreateAsync(ClassRow row, ClassroomDb db, CancellationToken ct)
    {
        if (await ComplaintAsync(row, db, ct) is { } complaint)
        {
            return complaint;
        }

        var schoolClass = new SchoolClass { SchoolId = row.SchoolId, Name = row.Name.Trim() };
        db.Classes.Add(schoolClass);
        await db.SaveChangesAsync(ct);
        return Results.Created($"/api/admin/classes/{schoolClass.Id}", new ClassRow(schoolClass.Id, schoolClass.SchoolId, schoolClass.Name, 0));
    }

    private static async Task<IResult> EditAsync(string id, ClassRow row, ClassroomDb db, CancellationToken ct)
    {
        if (await ComplaintAsync(row, db, ct) is { } complaint)
        {
            return complaint;
        }

        if (await db.Classes.FindAsync([id], ct) is not { } schoolClass)
        {
            return AdminEndpoints.NotFound();
        }

        schoolClass.SchoolId = row.SchoolId;
        schoolClass.Name = row.Name.Trim();
        await db.SaveChangesAsync(ct);
        return Results.Ok(new ClassRow(schoolClass.Id, schoolClass.SchoolId, schoolClass.Name, await db.Pupils.CountAsync(pupil => pupil.SchoolClassId == id, ct)));
    }

    private static async Task<IResult> DeleteAsync(string id, ClassroomDb db, CancellationToken ct)
    {
        if (await db.LessonClassrooms.AnyAsync(link => link.SchoolClassId == id, ct))
        {
            return AdminEndpoints.InUse("There are lessons of this class.");
        }

        if (await db.Classes.Include(c => c.Pupils).FirstOrDefaultAsync(c => c.Id == id, ct) is not { } schoolClass)
        {
            return AdminEndpoints.NotFound();
        }

        db.Pupils.RemoveRange(schoolClass.Pupils);
        db.Classes.Remove(schoolClass);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    private static async Task<IResult> RosterAsync(string id, ClassroomDb db, CancellationToken ct)
    {
        if (!await db.Classes.AnyAsync(schoolClass => schoolClass.Id == id, ct))
        {
            return AdminEndpoints.NotFound();
        }

        var pupils = await db.Pupils.Where(pupil => pupil.SchoolClassId == id).Select(pupil => new PupilRow(pupil.Id, pupil.Number, pupil.Name, pupil.MayNotBeRecorded)).ToListAsync(ct);
        return Results.Ok(pupils.OrderBy(pupil => pupil.Number.Length).ThenBy(pupil => pupil.Number, StringComparer.Ordinal));
    }

    private static async Task<IResult> ConsentAsync(string id, string pupilId, PupilConsent consent, ClassroomDb db, CancellationToken ct) =>
        await db.Pupils.Where(pupil => pupil.SchoolClassId == id && pupil.Id == pupilId)
            .ExecuteUpdateAsync(set => set.SetProperty(pupil => pupil.MayNotBeRecorded, consent.MayNotBeRecorded), ct) == 1
            ? Results.NoContent()
            : AdminEndpoints.NotFound();

    private static async Task<IResult> ImportAsync(string id, bool? dryRun, HttpContext context, ClassroomDb db, CancellationToken ct)
    {
        if (!await db.Classes.AnyAsync(schoolClass => schoolClass.Id == id, ct))
        {
            return AdminEndpoints.NotFound();
        }

        return await CsvFile.ReadAsync(context.Request) is { } text
            ? Results.Ok(await RosterImport.RunAsync(db, id, text, dryRun ?? false, ct))
            : CsvFile.TooLarge();
    }

    private static async Task<ApiProblem?> ComplaintAsync(ClassRow row, ClassroomDb db, CancellationToken ct) =>
        AdminEndpoints.NameComplaint(row.Name)
        ?? (await db.Schools.AnyAsync(school => school.Id == row.SchoolId, ct)
            ? null
            : ApiProblem.BadRequest("unknown_school", "There is no such school.", new ApiProblemField("schoolId", "There is no such school.")));
}
