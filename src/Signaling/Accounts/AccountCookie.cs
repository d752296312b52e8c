using System.Security.Claims;
using Classroom.Data;
using Classroom.Data.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Signaling.Accounts;

/// <summary>The sign-in cookie: what it says about an account, and when it stops being believed.</summary>
internal static class AccountCookie
{
    /// <summary>Present while the account must change its password: nothing else is allowed until then.</summary>
    public const string MustChangeClaim = "must_change_password";
    private const string StampClaim = "stamp";

    public static Task SignInAsync(HttpContext context, Account account)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, account.Id),
            new(ClaimTypes.Name, account.DisplayName),
            new(ClaimTypes.Role, account.Role.ToString()),
            new(StampClaim, account.SecurityStamp),
        ];
        if (account.SchoolId is { } schoolId)
        {
            claims.Add(new Claim(Caller.SchoolClaim, schoolId));
        }

        if (account.MustChangePassword)
        {
            claims.Add(new Claim(MustChangeClaim, "1"));
        }

        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        return context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { IsPersistent = true });
    }

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "classroom";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(7);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = context =>
            ApiProblem.Unauthorized("not_signed_in", "Please sign in.").ExecuteAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Denied(context.HttpContext).ExecuteAsync(context.HttpContext);
    }

    private static ApiProblem Denied(HttpContext context) => context.User.HasClaim(MustChangeClaim, "1")
        ? ApiProblem.Forbidden("must_change_password", "Please choose your own password first.")
        : ApiProblem.Forbidden("not_allowed", "Your account may not do this.");

    // Read on every request, so that a disabled account or a changed role is out at once.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var stamp = context.Principal?.FindFirstValue(StampClaim);
        await using var db = context.HttpContext.RequestServices.GetRequiredService<IClassroomDbFactory>().Create();
        var current = await db.Accounts.AsNoTracking()
            .Where(account => account.Id == id && !account.IsDisabled)
            .Select(account => account.SecurityStamp)
            .FirstOrDefaultAsync(context.HttpContext.RequestAborted);
        if (current is null || current != stamp)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }
}
