using System.Security.Claims;
using Classroom.Data;
using Classroom.Data.Secrets;
using Classroom.Signaling.Contracts;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Classroom.Signaling.Tokens;

/// <summary>
/// Signs and reads the tokens of this installation: join (enter a lesson), resume (come back to one's place) and device
/// (a classroom station). JSON Web Tokens with HMAC-SHA256; the key is made at first use and kept in the secrets folder.
/// </summary>
public sealed class JoinTokens
{
    private const string Issuer = "classroom";
    private const string JoinAudience = "join";
    private const string ResumeAudience = "resume";
    private const string DeviceAudience = "device";

    /// <summary>Stations stay set up over years; removing the classroom ends the token.</summary>
    private static readonly TimeSpan DeviceLifetime = TimeSpan.FromDays(3 * 365);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey _key;
    private readonly TimeProvider _time;

    /// <param name="secretsFolder">Where <c>token.key</c> is, or will be made.</param>
    public JoinTokens(string secretsFolder, TimeProvider time)
    {
        _key = new SymmetricSecurityKey(SecretFile.ReadOrCreate(secretsFolder, "token.key", 32));
        _time = time;
    }

    /// <summary>A token made without a running server, for the command line and for test equipment.</summary>
    /// <param name="dataFolder">The installation's data folder.</param>
    public static string Issue(string dataFolder, JoinGrant grant, TimeSpan lifetime, TimeProvider? time = null) =>
        new JoinTokens(new SignalingOptions { DataFolder = dataFolder }.SecretsFolder, time ?? TimeProvider.System).Issue(grant, lifetime);

    public string Issue(JoinGrant grant, TimeSpan lifetime) => Sign(JoinAudience, Claims(grant), lifetime);

    /// <summary>The way back to a place in a lesson.</summary>
    public string IssueResume(JoinGrant grant, TimeSpan lifetime) => Sign(ResumeAudience, Claims(grant), lifetime);

    public string IssueDevice(string classroomId, string deviceName) =>
        Sign(DeviceAudience, new() { ["classroom"] = classroomId, ["name"] = deviceName, ["jti"] = Ids.New() }, DeviceLifetime);

    /// <summary>Null when the token is not ours, was changed or is over.</summary>
    public Task<JoinGrant?> ReadAsync(string? token) => ReadGrantAsync(token, JoinAudience);

    public Task<JoinGrant?> ReadResumeAsync(string? token) => ReadGrantAsync(token, ResumeAudience);

    /// <summary>The classroom of a station's device token; null when it is not one.</summary>
    public async Task<string?> ReadDeviceAsync(string? token) =>
        await ValidateAsync(token, DeviceAudience) is { } claims ? claims.FindFirst("classroom")?.Value : null;

    private static Dictionary<string, object> Claims(JoinGrant grant)
    {
        var claims = new Dictionary<string, object>
        {
            ["lesson"] = grant.LessonId,
            ["role"] = grant.Role.ToString(),
            ["jti"] = grant.TokenId.Length > 0 ? grant.TokenId : Ids.New(),
        };
        Add("classroom", grant.ClassroomId);
        Add("participant", grant.ParticipantId);
        Add("name", grant.Name);
        Add("account", grant.AccountId);
        Add("pupil", grant.PupilId);
        return claims;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                claims[name] = value;
            }
        }
    }

    private string Sign(string audience, Dictionary<string, object> claims, TimeSpan lifetime)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            Claims = claims,
            IssuedAt = now,
            Expires = now + lifetime,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
    }

    private async Task<JoinGrant?> ReadGrantAsync(string? token, string audience)
    {
        if (await ValidateAsync(token, audience) is not { } claims
            || claims.FindFirst("lesson")?.Value is not { } lessonId
            || !Enum.TryParse<LessonRole>(claims.FindFirst("role")?.Value, out var role))
        {
            return null;
        }

        return new JoinGrant(lessonId, role, Value("classroom"), Value("participant"), Value("name"), Value("account"), Value("jti") ?? "", Value("pupil"));

        string? Value(string name) => claims.FindFirst(name)?.Value;
    }

    private async Task<ClaimsIdentity?> ValidateAsync(string? token, string audience)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = audience,
            IssuerSigningKey = _key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ClockSkew = TimeSpan.Zero,

            // The library reads the system's clock; ours is injected.
            LifetimeValidator = (_, expires, _, _) => expires is { } end && end > _time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid ? result.ClaimsIdentity : null;
    }
}
