using System.Security.Cryptography;

namespace Classroom.Rtc.Ice;

/// <summary>Username fragment and password of one side of an ICE session (RFC 8839, 5.4).</summary>
/// <param name="Ufrag">4 to 256 ice-chars; ours have 8, unique enough to find the transport by.</param>
/// <param name="Password">22 to 256 ice-chars; ours have 24 (144 bits).</param>
public sealed record IceCredentials(string Ufrag, string Password)
{
    private const string IceChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static IceCredentials New() =>
        new(RandomNumberGenerator.GetString(IceChars, 8), RandomNumberGenerator.GetString(IceChars, 24));

    /// <summary>Does not show the password: credentials end up in logs.</summary>
    public override string ToString() => $"IceCredentials {{ Ufrag = {Ufrag} }}";
}
