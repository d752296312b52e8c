using Classroom.Data;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

internal static class RegionAdmin
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", PickerEndpoints.RegionsAsync);
        group.MapPost("", CreateAsync);
        group.MapPut("{id}", EditAsync);
        group.MapDelete("{id}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(RegionRow row, ClassroomDb db, CancellationToken ct)
    {
        if (AdminEndpoints.NameComplaint(row.Name) is { } complaint)
        {
            return complaint;
        }

        var region = new Region { Name = row.Name.Trim() };
        db.Regions.Add(region);
        await db.SaveChangesAsync(ct);
        return Results.Created($"/api/admin/regions/{region.Id}", new RegionRow(region.Id, region.Name));
    }

    private static async Task<IResult> EditAsync(string id, RegionRow row, ClassroomDb db, CancellationToken ct)
    {
        if (AdminEndpoints.NameComplaint(row.Name) is { } complaint)
        {
            return complaint;
        }

        if (await db.Regions.FindAsync([id], ct) is not { } region)
        {
            return AdminEndpoints.NotFound();
        }

        region.Name = row.Name.Trim();
        await db.SaveChangesAsync(ct);
        return Results.Ok(new RegionRow(region.Id, region.Name));
    }

    private static async Task<IResult> DeleteAsync(string id, ClassroomDb db, CancellationToken ct)
    {
        if (await db.Schools.AnyAsync(school => school.RegionId == id, ct))
        {
            return AdminEndpoints.InUse("This region still has schools. Move or delete them first.");
        }

        if (await db.Accounts.AnyAsync(account => account.RegionId == id, ct))
        {
            return AdminEndpoints.InUse("There are still accounts of this region.");
        }

        return await db.Regions.Where(region => region.Id == id).ExecuteDeleteAsync(ct) > 0 ? Results.NoContent() : AdminEndpoints.NotFound();
    }
}
