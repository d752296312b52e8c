using Classroom.Data;
using Classroom.Data.Seeding;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Schools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Observation;

/// <summary>Rubrics: read by everybody who may observe, edited by administrators and reviewers.</summary>
internal static class RubricEndpoints
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/rubrics", async (Rubrics rubrics, CancellationToken ct) => Results.Ok((await rubrics.ReadAsync(ct)).Select(RubricText.ToRow)))
            .AddEndpointFilter((context, next) => AdminEndpoints.OnlyAsync(context, next, AccountRole.Teacher, AccountRole.Reviewer, AccountRole.Supervisor, AccountRole.Administrator));

        var editing = app.MapGroup("/api/rubrics").AddEndpointFilter((context, next) => AdminEndpoints.OnlyAsync(context, next, AccountRole.Administrator, AccountRole.Reviewer));
        editing.MapPost("", AddAsync);
        editing.MapPut("{id}", EditAsync);
        editing.MapDelete("{id}", DeleteAsync);
    }

    private static async Task<IResult> AddAsync(RubricRow row, ClassroomDb db, TimeProvider time, CancellationToken ct)
    {
        if (await db.Rubrics.CountAsync(ct) >= Most)
        {
            return AdminEndpoints.InUse($"There are {Most} rubrics already.");
        }

        return await WriteAsync(new Rubric { Name = "" }, isNew: true, row, db, time, ct);
    }

    private static async Task<IResult> EditAsync(string id, RubricRow row, ClassroomDb db, TimeProvider time, CancellationToken ct)
    {
        if (await db.Rubrics.FindAsync([id], ct) is { } rubric)
        {
            return await WriteAsync(rubric, isNew: false, row, db, time, ct);
        }

        // The built-in one becomes a row of its own when it is first edited.
        return id == RubricSeed.Default().Id && !await db.Rubrics.AnyAsync(ct)
            ? await WriteAsync(RubricSeed.Default(), isNew: true, row, db, time, ct)
            : AdminEndpoints.NotFound();
    }

    private static async Task<IResult> DeleteAsync(string id, ClassroomDb db, CancellationToken ct)
    {
        if (await db.Rubrics.FindAsync([id], ct) is not { } rubric)
        {
            return AdminEndpoints.NotFound();
        }

        db.Rubrics.Remove(rubric);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    private static async Task<IResult> WriteAsync(Rubric rubric, bool isNew, RubricRow row, ClassroomDb db, TimeProvider time, CancellationToken ct)
    {
        if (RubricText.Complaint(row) is { } complaint)
        {
            return complaint;
        }

        RubricText.Write(row, rubric, time.GetUtcNow().UtcDateTime);
        if (isNew)
        {
            db.Rubrics.Add(rubric);
        }

        if (rubric.IsDefault)
        {
            // One is offered first.
            foreach (var other in await db.Rubrics.Where(other => other.IsDefault && other.Id != rubric.Id).ToListAsync(ct))
            {
                other.IsDefault = false;
            }
        }

        await db.SaveChangesAsync(ct);
        var written = RubricText.ToRow(rubric);
        return isNew ? Results.Created($"/api/rubrics/{rubric.Id}", written) : Results.Ok(written);
    }
}
