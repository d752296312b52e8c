using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Accounts;

/// <summary>Sign-in, sign-out, own password, and set-up of the first administrator.</summary>
internal static class AccountEndpoints
{
    /// <summary>Signed in, even while the password must still be changed.</summary>
    public const string SignedInPolicy = "SignedIn";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/sign-in", SignInAsync).AllowAnonymous();
        app.MapPost("/api/sign-out", (Delegate)SignOutAsync).AllowAnonymous();
        app.MapGet("/api/me", MeAsync).RequireAuthorization(SignedInPolicy);
        app.MapPost("/api/me/password", ChangePasswordAsync).RequireAuthorization(SignedInPolicy);
        app.MapGet("/api/setup", async (FirstAdministrator first, CancellationToken ct) => new SetupState(await first.IsNeededAsync(ct))).AllowAnonymous();
        app.MapPost("/api/setup", SetupAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(SignInRequest request, HttpContext context, ClassroomDb db, Passwords passwords, AttemptLimits limits, CancellationToken ct)
    {
        var userName = (request.UserName ?? "").Trim().ToLowerInvariant();
        var key = $"{AttemptLimits.AddressOf(context)} {userName}";
        if (limits.Passwords.IsBlocked(key))
        {
            return ApiProblem.TooMany("too_many_attempts", "Too many wrong passwords. Please try again in ten minutes.");
        }

        var account = await db.Accounts.Include(a => a.School).FirstOrDefaultAsync(a => a.UserName == userName, ct);
        if (!passwords.IsRight(account, request.Password ?? ""))
        {
            limits.Passwords.Failed(key);
            return ApiProblem.Unauthorized("bad_credentials", "The name or the password is wrong.");
        }

        limits.Passwords.Succeeded(key);
        await AccountCookie.SignInAsync(context, account!);
        return Results.Ok(ToMe(account!, context));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.NoContent();
    }

    private static async Task<IResult> MeAsync(HttpContext context, ClassroomDb db, CancellationToken ct) =>
        await CurrentAsync(context, db, ct) is { } account ? Results.Ok(ToMe(account, context)) : NotSignedIn();

    private static async Task<IResult> ChangePasswordAsync(PasswordChange request, HttpContext context, ClassroomDb db, Passwords passwords, AttemptLimits limits, CancellationToken ct)
    {
        if (await CurrentAsync(context, db, ct) is not { } account)
        {
            return NotSignedIn();
        }

        var key = $"{AttemptLimits.AddressOf(context)} {account.UserName}";
        if (limits.Passwords.IsBlocked(key))
        {
            return ApiProblem.TooMany("too_many_attempts", "Too many wrong passwords. Please try again in ten minutes.");
        }

        if (!passwords.IsRight(account, request.Current ?? ""))
        {
            limits.Passwords.Failed(key);
            return ApiProblem.BadRequest("wrong_password", "The current password is wrong.", new ApiProblemField("current", "The current password is wrong."));
        }

        if (Passwords.Complaint(request.Next) is { } complaint)
        {
            return ApiProblem.BadRequest("weak_password", complaint, new ApiProblemField("next", complaint));
        }

        if (request.Next == request.Current)
        {
            return ApiProblem.BadRequest("same_password", "Please choose a new password.", new ApiProblemField("next", "Please choose a new password."));
        }

        passwords.Set(account, request.Next, mustChange: false);
        await db.SaveChangesAsync(ct);
        await AccountCookie.SignInAsync(context, account);
        return Results.Ok(ToMe(account, context));
    }

    private static async Task<IResult> SetupAsync(SetupRequest request, HttpContext context, FirstAdministrator first, AttemptLimits limits, CancellationToken ct)
    {
        var address = AttemptLimits.AddressOf(context);
        if (!await first.IsNeededAsync(ct))
        {
            return ApiProblem.Conflict("already_set_up", "There is an administrator already.");
        }

        if (limits.Setup.IsBlocked(address))
        {
            return ApiProblem.TooMany("too_many_attempts", "Too many wrong set-up links. Please try again in ten minutes.");
        }

        if (!first.IsRight(request.Token))
        {
            limits.Setup.Failed(address);
            return ApiProblem.Forbidden("wrong_setup_token", "This set-up link is not the one in the server's log.");
        }

        var fields = AccountRules.Complaints(request.UserName, request.DisplayName, request.Password, passwordNeeded: true);
        if (fields.Count > 0)
        {
            return ApiProblem.BadRequest("bad_account", fields[0].Message, fields);
        }

        var account = await first.CreateAsync(AccountRules.Normal(request.UserName), request.DisplayName.Trim(), request.Password, ct);
        if (account is null)
        {
            return ApiProblem.Conflict("already_set_up", "There is an administrator already.");
        }

        await AccountCookie.SignInAsync(context, account);
        return Results.Ok(ToMe(account, context));
    }

    private static async Task<Account?> CurrentAsync(HttpContext context, ClassroomDb db, CancellationToken ct)
    {
        var id = Caller.From(context.User)?.AccountId;
        return id is null ? null : await db.Accounts.Include(account => account.School).FirstOrDefaultAsync(account => account.Id == id, ct);
    }

    private static ApiProblem NotSignedIn() => ApiProblem.Unauthorized("not_signed_in", "Please sign in.");

    private static Me ToMe(Account account, HttpContext context)
    {
        var zone = context.RequestServices.GetRequiredService<IOptions<SignalingOptions>>().Value.TimeZone;
        return new(account.Id, account.UserName, account.DisplayName, account.Role, account.SchoolId, account.School?.Name, account.MustChangePassword, zone);
    }
}
