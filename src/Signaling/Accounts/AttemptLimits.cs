using Microsoft.AspNetCore.Http;

namespace Classroom.Signaling.Accounts;

/// <summary>The installation's limits on guessing passwords, PINs and set-up tokens.</summary>
internal sealed class AttemptLimits(TimeProvider time)
{
    /// <summary>Per address and account.</summary>
    public FailedAttempts Passwords { get; } = new(time, limit: 8, TimeSpan.FromMinutes(10));

    /// <summary>Per address: a million PINs, and a school's children behind one address who mistype.</summary>
    public FailedAttempts Pins { get; } = new(time, limit: 60, TimeSpan.FromMinutes(5));

    /// <summary>Per address.</summary>
    public FailedAttempts Setup { get; } = new(time, limit: 8, TimeSpan.FromMinutes(10));

    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";
}
