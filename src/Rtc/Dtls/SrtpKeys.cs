using Classroom.Rtc.Srtp;

namespace Classroom.Rtc.Dtls;

/// <summary>The SRTP master keys that a DTLS session has agreed on (RFC 5764, 4.2).</summary>
public sealed class SrtpKeys
{
    internal SrtpKeys(SrtpProfile profile, ReadOnlySpan<byte> material)
    {
        Profile = profile;
        var keyLength = profile.MasterKeyLength();
        var saltLength = profile.MasterSaltLength();
        ClientKey = material[..keyLength].ToArray();
        ServerKey = material.Slice(keyLength, keyLength).ToArray();
        ClientSalt = material.Slice(keyLength * 2, saltLength).ToArray();
        ServerSalt = material.Slice((keyLength * 2) + saltLength, saltLength).ToArray();
    }

    public SrtpProfile Profile { get; }

    /// <summary>What the DTLS client sends with.</summary>
    public byte[] ClientKey { get; }

    public byte[] ClientSalt { get; }

    /// <summary>What the DTLS server sends with.</summary>
    public byte[] ServerKey { get; }

    public byte[] ServerSalt { get; }

    /// <summary>The context to protect with, for the side that has this role.</summary>
    public SrtpContext CreateOutbound(DtlsRole role, bool allowsRepeats = false) => role == DtlsRole.Server
        ? new SrtpContext(Profile, ServerKey, ServerSalt) { AllowsRepeats = allowsRepeats }
        : new SrtpContext(Profile, ClientKey, ClientSalt) { AllowsRepeats = allowsRepeats };

    /// <summary>The context to unprotect with, for the side that has this role.</summary>
    public SrtpContext CreateInbound(DtlsRole role) => role == DtlsRole.Server
        ? new SrtpContext(Profile, ClientKey, ClientSalt)
        : new SrtpContext(Profile, ServerKey, ServerSalt);
}
