namespace Classroom.Rtc.Srtp;

/// <summary>The six session keys of one direction (RFC 3711, 4.3). AEAD uses no authentication keys.</summary>
internal sealed record SrtpSessionKeys(
    SrtpProfile Profile,
    byte[] RtpKey,
    byte[] RtpSalt,
    byte[] RtpAuthentication,
    byte[] RtcpKey,
    byte[] RtcpSalt,
    byte[] RtcpAuthentication)
{
    private const int AuthenticationKeyLength = 20;

    public static SrtpSessionKeys FromMaster(SrtpProfile profile, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, profile.MasterKeyLength(), nameof(key));
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, profile.MasterSaltLength(), nameof(salt));
        return new SrtpSessionKeys(
            profile,
            SrtpKeyDerivation.Derive(key, salt, SrtpKeyLabel.RtpEncryption, key.Length),
            SrtpKeyDerivation.Derive(key, salt, SrtpKeyLabel.RtpSalt, salt.Length),
            SrtpKeyDerivation.Derive(key, salt, SrtpKeyLabel.RtpAuthentication, AuthenticationKeyLength),
            SrtpKeyDerivation.Derive(key, salt, SrtpKeyLabel.RtcpEncryption, key.Length),
            SrtpKeyDerivation.Derive(key, salt, SrtpKeyLabel.RtcpSalt, salt.Length),
            SrtpKeyDerivation.Derive(key, salt, SrtpKeyLabel.RtcpAuthentication, AuthenticationKeyLength));
    }

    public SrtpTransform CreateTransform() => Profile switch
    {
        SrtpProfile.Aead128Gcm => new GcmTransform(this),
        SrtpProfile.Aes128CmHmacSha1_80 => new CounterModeTransform(this),
        _ => throw new InvalidOperationException($"No transform for {Profile}."),
    };

    /// <summary>Keys stay out of logs.</summary>
    public override string ToString() => $"SrtpSessionKeys {{ {Profile} }}";
}
