namespace Classroom.Rtc.Srtp;

/// <summary>SRTP protection profiles by their number in DTLS (RFC 5764, 4.1.2; RFC 7714, 14.2).</summary>
public enum SrtpProfile : ushort
{
    /// <summary>AES counter mode with HMAC-SHA1 and tags of 10 bytes (RFC 3711): what every peer has.</summary>
    Aes128CmHmacSha1_80 = 1,

    /// <summary>AES-GCM with tags of 16 bytes (RFC 7714): preferred, costs half.</summary>
    Aead128Gcm = 7,
}

/// <summary>Sizes that follow from a profile, in bytes.</summary>
public static class SrtpProfileSizes
{
    /// <summary>The longest trailer that protection adds to a packet: RTCP with a GCM tag and its index.</summary>
    public const int MaxOverhead = 20;

    public static int MasterKeyLength(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.Aead128Gcm or SrtpProfile.Aes128CmHmacSha1_80 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    public static int MasterSaltLength(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.Aead128Gcm => 12,
        SrtpProfile.Aes128CmHmacSha1_80 => 14,
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    public static int TagLength(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.Aead128Gcm => 16,
        SrtpProfile.Aes128CmHmacSha1_80 => 10,
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };
}
