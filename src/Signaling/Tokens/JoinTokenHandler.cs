using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Tokens;

/// <summary>Lets a connection in by its join token (or resume token): header "Authorization: Bearer", or query "access_token" as browsers' WebSockets need it.</summary>
internal sealed class JoinTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, JoinTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "JoinToken";

    /// <summary>The grant of an authenticated request.</summary>
    public static JoinGrant? Grant(HttpContext context) => context.Items[typeof(JoinGrant)] as JoinGrant;

    /// <summary>The token that a request carries, from the header or the query.</summary>
    public static string? TokenOf(HttpRequest request) => BearerOf(request) ?? request.Query["access_token"].FirstOrDefault();

    public static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = TokenOf(Request);
        if (token is null)
        {
            return AuthenticateResult.NoResult();
        }

        // A page that has been in may come back with its resume token alone: its join token may be over by then.
        if ((await tokens.ReadAsync(token) ?? await tokens.ReadResumeAsync(token)) is not { } grant)
        {
            return AuthenticateResult.Fail("This join token is wrong or over.");
        }

        Context.Items[typeof(JoinGrant)] = grant;
        var identity = new ClaimsIdentity([new Claim("lesson", grant.LessonId)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
