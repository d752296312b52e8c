using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Accounts;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

internal static class AccountAdmin
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync);
        group.MapPost("", CreateAsync);
        group.MapPut("{id}", EditAsync);
        group.MapDelete("{id}", DeleteAsync);
        group.MapPost("import", ImportAsync);
    }

    private static async Task<AccountRow[]> ListAsync(ClassroomDb db, CancellationToken ct)
    {
        var accounts = await db.Accounts.AsNoTracking().OrderBy(account => account.UserName).ToListAsync(ct);
        return [.. accounts.Select(PickerEndpoints.ToRow)];
    }

    private static async Task<IResult> CreateAsync(AccountEdit edit, ClassroomDb db, Passwords passwords, TimeProvider time, CancellationToken ct)
    {
        if (await ComplaintAsync(edit, id: null, db, ct) is { } complaint)
        {
            return complaint;
        }

        var account = new Account { UserName = AccountRules.Normal(edit.UserName), DisplayName = "", CreatedAt = time.GetUtcNow().UtcDateTime };
        Write(edit, account);
        passwords.Set(account, edit.Password!, mustChange: true);
        db.Accounts.Add(account);
        await db.SaveChangesAsync(ct);
        return Results.Created($"/api/admin/accounts/{account.Id}", PickerEndpoints.ToRow(account));
    }

    private static async Task<IResult> EditAsync(
        string id, AccountEdit edit, HttpContext context, ClassroomDb db, Passwords passwords, [FromServices] ICourseIndex? index, CancellationToken ct)
    {
        if (await ComplaintAsync(edit, id, db, ct) is { } complaint)
        {
            return complaint;
        }

        if (await db.Accounts.FindAsync([id], ct) is not { } account)
        {
            return AdminEndpoints.NotFound();
        }

        var isSelf = Caller.From(context.User)!.AccountId == id;
        if (isSelf && (edit.IsDisabled || edit.Role != AccountRole.Administrator))
        {
            return ApiProblem.Conflict("own_account", "You cannot take your own rights away. Ask another administrator.");
        }

        var oldName = account.DisplayName;
        var before = (account.Role, account.SchoolId, account.RegionId, account.IsDisabled);
        account.UserName = AccountRules.Normal(edit.UserName);
        Write(edit, account);
        if (before != (account.Role, account.SchoolId, account.RegionId, account.IsDisabled) && !isSelf)
        {
            // Other rights: whoever is signed in with the old ones has to sign in again.
            account.SecurityStamp = Ids.New();
        }

        if (!string.IsNullOrEmpty(edit.Password))
        {
            passwords.Set(account, edit.Password, mustChange: true);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        if (account.DisplayName != oldName && index is not null)
        {
            await index.RefreshAsync(db, course => course.AuthorAccountId == id && course.TeacherName == null, ct);
        }

        await transaction.CommitAsync(ct);
        return Results.Ok(PickerEndpoints.ToRow(account));
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, ClassroomDb db, CancellationToken ct)
    {
        if (Caller.From(context.User)!.AccountId == id)
        {
            return ApiProblem.Conflict("own_account", "You cannot delete your own account.");
        }

        if (await db.Lessons.AnyAsync(lesson => lesson.TeacherAccountId == id, ct))
        {
            return AdminEndpoints.InUse("There are lessons of this person. Disable the account instead.");
        }

        if (await db.MicroCourses.AnyAsync(course => course.AuthorAccountId == id, ct) || await db.CourseReviews.AnyAsync(review => review.ReviewerAccountId == id, ct))
        {
            return AdminEndpoints.InUse("There are courses or reviews by this person. Disable the account instead.");
        }

        return await db.Accounts.Where(account => account.Id == id).ExecuteDeleteAsync(ct) > 0 ? Results.NoContent() : AdminEndpoints.NotFound();
    }

    private static async Task<IResult> ImportAsync(bool? dryRun, HttpContext context, ClassroomDb db, Passwords passwords, TimeProvider time, CancellationToken ct) =>
        await CsvFile.ReadAsync(context.Request) is { } text
            ? Results.Ok(await new AccountImport(db, passwords, time).RunAsync(text, dryRun ?? false, ct))
            : CsvFile.TooLarge();

    private static async Task<ApiProblem?> ComplaintAsync(AccountEdit edit, string? id, ClassroomDb db, CancellationToken ct)
    {
        var fields = AccountRules.Complaints(edit.UserName, edit.DisplayName, edit.Password, passwordNeeded: id is null);
        var userName = AccountRules.Normal(edit.UserName);
        if (await db.Accounts.AnyAsync(account => account.UserName == userName && account.Id != id, ct))
        {
            fields.Add(new("userName", "This sign-in name is taken.", "sign_in_name_taken"));
        }

        if (!Enum.IsDefined(edit.Role))
        {
            fields.Add(new("role", "There is no such role."));
        }

        if (edit.SchoolId is not null && !await db.Schools.AnyAsync(school => school.Id == edit.SchoolId, ct))
        {
            fields.Add(new("schoolId", "There is no such school."));
        }

        if (edit.RegionId is not null && !await db.Regions.AnyAsync(region => region.Id == edit.RegionId, ct))
        {
            fields.Add(new("regionId", "There is no such region."));
        }

        return fields.Count > 0 ? ApiProblem.BadRequest("bad_account", fields[0].Message, fields) : null;
    }

    private static void Write(AccountEdit edit, Account account)
    {
        account.DisplayName = edit.DisplayName.Trim();
        account.Role = edit.Role;
        account.SchoolId = edit.SchoolId;
        account.RegionId = edit.RegionId;
        account.Subject = string.IsNullOrWhiteSpace(edit.Subject) ? null : edit.Subject.Trim();
        account.IsDisabled = edit.IsDisabled;
    }
}
