using Classroom.Data;
using Microsoft.AspNetCore.Identity;

namespace Classroom.Signaling.Accounts;

/// <summary>Hashes and checks passwords (PBKDF2 by ASP.NET Identity).</summary>
internal sealed class Passwords
{
    public const int MinimumLength = 8;
    private const int MaximumLength = 200;

    private readonly PasswordHasher<Account> _hasher = new();
    private readonly Account _nobody = new() { UserName = "", DisplayName = "" };
    private readonly Lazy<string> _dummy;

    public Passwords() => _dummy = new(() => _hasher.HashPassword(_nobody, Ids.New()));

    /// <summary>Null when the password is good enough; otherwise plain words.</summary>
    public static string? Complaint(string? password) => password switch
    {
        null or { Length: < MinimumLength } => $"A password has at least {MinimumLength} characters.",
        { Length: > MaximumLength } => $"A password has at most {MaximumLength} characters.",
        _ => null,
    };

    /// <summary>Sets the password and ends all sessions of the account.</summary>
    public void Set(Account account, string password, bool mustChange)
    {
        account.PasswordHash = _hasher.HashPassword(account, password);
        account.MustChangePassword = mustChange;
        account.SecurityStamp = Ids.New();
    }

    /// <summary>Takes as long for an unknown account as for a known one, so that names cannot be probed.</summary>
    public bool IsRight(Account? account, string password)
    {
        var known = account is { IsDisabled: false, PasswordHash.Length: > 0 };
        var hash = known ? account!.PasswordHash : _dummy.Value;
        var result = _hasher.VerifyHashedPassword(account ?? _nobody, hash, password.Length > MaximumLength ? "" : password);
        return known && result is not PasswordVerificationResult.Failed;
    }
}
