using System.Security.Claims;

namespace Classroom.Data;

/// <summary>The signed-in account behind a request, read from its claims.</summary>
public sealed record Caller(string AccountId, AccountRole Role, string? SchoolId)
{
    /// <summary>Claim that carries the school id.</summary>
    public const string SchoolClaim = "school";

    /// <summary>Null when nobody is signed in.</summary>
    public static Caller? From(ClaimsPrincipal principal)
    {
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        return id is not null && Enum.TryParse<AccountRole>(principal.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Caller(id, role, principal.FindFirstValue(SchoolClaim))
            : null;
    }

    public bool Is(params ReadOnlySpan<AccountRole> roles) => roles.Contains(Role);
}
