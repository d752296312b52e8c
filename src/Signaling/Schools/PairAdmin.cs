using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

internal static class PairAdmin
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", PickerEndpoints.PairsAsync);
        group.MapPost("", (PairRow row, ClassroomDb db, CancellationToken ct) => WriteAsync(new Pair { Name = "" }, isNew: true, row, db, ct));
        group.MapPut("{id}", async (string id, PairRow row, ClassroomDb db, CancellationToken ct) =>
            await db.Pairs.Include(pair => pair.Schools).FirstOrDefaultAsync(pair => pair.Id == id, ct) is { } pair
                ? await WriteAsync(pair, isNew: false, row, db, ct)
                : AdminEndpoints.NotFound());
        group.MapDelete("{id}", DeleteAsync);
    }

    private static async Task<IResult> WriteAsync(Pair pair, bool isNew, PairRow row, ClassroomDb db, CancellationToken ct)
    {
        if (AdminEndpoints.NameComplaint(row.Name) is { } complaint)
        {
            return complaint;
        }

        var ids = (row.SchoolIds ?? []).Distinct().ToList();
        var schools = await db.Schools.Where(school => ids.Contains(school.Id)).ToListAsync(ct);
        if (schools.Count < 2 || schools.Count != ids.Count)
        {
            return ApiProblem.BadRequest("bad_pair", "A pair has two or more schools.", new ApiProblemField("schoolIds", "Two or more schools."));
        }

        pair.Name = row.Name.Trim();
        pair.Schools.RemoveAll(school => !ids.Contains(school.Id));
        pair.Schools.AddRange(schools.Where(school => !pair.Schools.Contains(school)));
        if (isNew)
        {
            db.Pairs.Add(pair);
        }

        await db.SaveChangesAsync(ct);
        var written = PickerEndpoints.ToRow(pair);
        return isNew ? Results.Created($"/api/admin/pairs/{pair.Id}", written) : Results.Ok(written);
    }

    private static async Task<IResult> DeleteAsync(string id, ClassroomDb db, CancellationToken ct)
    {
        if (await db.Lessons.AnyAsync(lesson => lesson.PairId == id, ct))
        {
            return AdminEndpoints.InUse("There are lessons of this pair.");
        }

        if (await db.Pairs.Include(pair => pair.Schools).FirstOrDefaultAsync(pair => pair.Id == id, ct) is not { } pair)
        {
            return AdminEndpoints.NotFound();
        }

        db.Pairs.Remove(pair);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }
}
