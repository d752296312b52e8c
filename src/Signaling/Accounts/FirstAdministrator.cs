using System.Security.Cryptography;
using System.Text;
using Classroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Accounts;

/// <summary>Makes the first administrator of an empty installation by a one-time link that only the log shows.</summary>
internal sealed partial class FirstAdministrator(IClassroomDbFactory databases, Passwords passwords, TimeProvider time, IOptions<SignalingOptions> options, ILogger<FirstAdministrator> logger)
    : IHostedService
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The token of the link; null once it is not needed.</summary>
    public string? Token { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(cancellationToken))
        {
            return;
        }

        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Log.SetupLink(logger, options.Value.PublicUrl.TrimEnd('/'), Token);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return !await db.Accounts.AnyAsync(account => account.Role == AccountRole.Administrator, cancellationToken);
    }

    public bool IsRight(string? token) =>
        Token is { } expected && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(token ?? ""));

    /// <summary>Null when there is an administrator already.</summary>
    public async Task<Account?> CreateAsync(string userName, string displayName, string password, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!await IsNeededAsync(cancellationToken))
            {
                return null;
            }

            await using var db = databases.Create();
            var account = new Account
            {
                UserName = userName,
                DisplayName = displayName,
                Role = AccountRole.Administrator,
                CreatedAt = time.GetUtcNow().UtcDateTime,
            };
            passwords.Set(account, password, mustChange: false);
            db.Accounts.Add(account);
            await db.SaveChangesAsync(cancellationToken);
            Token = null;
            return account;
        }
        finally
        {
            _one.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "There is no administrator yet. Open {PublicUrl}/setup?token={Token} to make the first one. The link works once.")]
        public static partial void SetupLink(ILogger logger, string publicUrl, string token);
    }
}
