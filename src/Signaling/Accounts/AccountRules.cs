using Classroom.Data.Http;

namespace Classroom.Signaling.Accounts;

/// <summary>What an account's fields must look like, for forms and imports alike.</summary>
internal static class AccountRules
{
    public const int MaximumName = 64;

    public static string Normal(string? userName) => (userName ?? "").Trim().ToLowerInvariant();

    public static List<ApiProblemField> Complaints(string? userName, string? displayName, string? password, bool passwordNeeded)
    {
        List<ApiProblemField> fields = [];
        var normal = Normal(userName);
        if (normal.Length is < 2 or > MaximumName || !normal.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '@'))
        {
            fields.Add(new("userName", "A sign-in name has 2 to 64 letters, digits or . - _ @", "bad_sign_in_name"));
        }

        if ((displayName ?? "").Trim().Length is 0 or > MaximumName)
        {
            fields.Add(new("displayName", "A name has 1 to 64 characters.", "bad_display_name"));
        }

        if ((passwordNeeded || !string.IsNullOrEmpty(password)) && Passwords.Complaint(password) is { } complaint)
        {
            fields.Add(new("password", complaint, "weak_password"));
        }

        return fields;
    }
}
