using System.Security.Cryptography;
using System.Text;
using Classroom.Signaling.Contracts;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Tokens;

/// <summary>ICE servers with time-limited credentials (draft-uberti-behave-turn-rest: HMAC-SHA1 over "expiry:user").</summary>
internal sealed class TurnCredentials(IOptions<SignalingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public IceServer[] For(string user)
    {
        var urls = options.Value.TurnUrls;
        if (urls.Count == 0)
        {
            return [];
        }

        if (options.Value.TurnSecret.Length == 0)
        {
            return [new IceServer([.. urls], Username: null, Credential: null)];
        }

        var username = $"{(time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()}:{user}";

        // SHA-1 is what coturn's shared-secret mechanism speaks.
#pragma warning disable CA5350
        var mac = HMACSHA1.HashData(Encoding.UTF8.GetBytes(options.Value.TurnSecret), Encoding.UTF8.GetBytes(username));
#pragma warning restore CA5350
        return [new IceServer([.. urls], username, Convert.ToBase64String(mac))];
    }
}
