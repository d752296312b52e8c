using System.Security.Claims;
using System.Text.Encodings.Web;
using Classroom.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Tests.World;

/// <summary>Signs in whoever the header names, with the claims of the cookie.</summary>
internal sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ClassroomDb db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Header = "X-Account";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await db.Accounts.FindAsync(Request.Headers[Header].ToString()) is not { } account)
        {
            return AuthenticateResult.NoResult();
        }

        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, account.Id), new Claim(ClaimTypes.Role, account.Role.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
