using Classroom.Rtc.OpenSsl;
using Classroom.Rtc.Srtp;

namespace Classroom.Rtc.Tests.Srtp;

/// <summary>Published vectors of RFC 3711, RFC 7714 and libsrtp.</summary>
public sealed class SrtpVectorTests
{
    private static readonly byte[] s_rfc3711Key = Hex("E1F97A0D3E018BE0D64FA32C06DE4139");
    private static readonly byte[] s_rfc3711Salt = Hex("0EC675AD498AFEEBB6960B3AABE6");
    private static readonly byte[] s_rfc7714Key = Hex("000102030405060708090A0B0C0D0E0F");
    private static readonly byte[] s_rfc7714Salt = Hex("517569642070726F2071756F");

    // RFC 3711, B.3
    [Theory]
    [InlineData(SrtpKeyLabel.RtpEncryption, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(SrtpKeyLabel.RtpSalt, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(
        SrtpKeyLabel.RtpAuthentication,
        "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2")]
    public void Session_keys_are_those_of_the_standard(object label, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(SrtpKeyDerivation.Derive(s_rfc3711Key, s_rfc3711Salt, (SrtpKeyLabel)label, expected.Length / 2)));

    // RFC 3711, B.2
    [Fact]
    public void The_key_stream_of_counter_mode_is_that_of_the_standard()
    {
        using var cipher = new AesCtrContext(Hex("2B7E151628AED2A6ABF7158809CF4F3C"));
        var stream = new byte[48];
        Assert.True(cipher.Apply(Hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), stream, stream));
        Assert.Equal("E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0", Convert.ToHexString(stream));
    }

    // RFC 7714, 16.1
    [Fact]
    public void Gcm_protects_the_sample_RTP_packet_as_the_standard_does()
    {
        const string Plain = "8040F17B8041F8D35501A0B247616C6C696120657374206F6D6E69732064697669736120696E207061727465732074726573";
        const string Sealed = "8040F17B8041F8D35501A0B2F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A51C7D19B36DE3ADF8833899D7F27BEB16A9152CF765EE4390CCE";
        using var context = new SrtpContext(Rfc7714Keys());

        var output = new byte[100];
        Assert.True(context.TryProtectRtp(Hex(Plain), output, out var written));
        Assert.Equal(Sealed, Convert.ToHexString(output.AsSpan(0, written)));

        Assert.True(context.TryUnprotectRtp(output.AsSpan(0, written), out var length));
        Assert.Equal(Plain, Convert.ToHexString(output.AsSpan(0, length)));
    }

    // RFC 7714, 17.1, with index 5D4
    [Fact]
    public void Gcm_protects_the_sample_RTCP_packet_as_the_standard_does()
    {
        const string Plain = "81C8000D4D6172734E5450314E545032525450200000042A0000E9304C756E61DEADBEEFDEADBEEFDEADBEEFDEADBEEFDEADBEEF";
        const string Sealed = "81C8000D4D61727363E94885DCDAB67CA727D7662F6B7E997FF5C0F76C06F32DC676A5F1730D6FDA4CE09B4686303DED0BB9275BC84AA45896CF4D2FC5ABF87245D9EADE800005D4";
        using var transform = Rfc7714Keys().CreateTransform();
        var packet = Hex(Plain + new string('0', transform.RtcpOverhead * 2));
        Assert.True(transform.SealRtcp(packet, 0x4D617273, 0x5D4));
        Assert.Equal(Sealed, Convert.ToHexString(packet));

        using var context = new SrtpContext(Rfc7714Keys());
        Assert.True(context.TryUnprotectRtcp(packet, out var length));
        Assert.Equal(Plain, Convert.ToHexString(packet.AsSpan(0, length)));
    }

    // RFC 7714, 17.3: tagged, but not encrypted.
    [Fact]
    public void RTCP_in_the_clear_is_refused()
    {
        using var context = new SrtpContext(Rfc7714Keys());
        var packet = Hex("81C8000D4D6172734E5450314E545032525450200000042A0000E9304C756E61DEADBEEFDEADBEEFDEADBEEFDEADBEEFDEADBEEF841DD9683DD78EC92AE58790125F62B3000005D4");
        Assert.False(context.TryUnprotectRtcp(packet, out _));
    }

    // The reference packets of libsrtp's own test: key derivation included.
    [Theory]
    [InlineData(
        SrtpProfile.Aes128CmHmacSha1_80,
        "E1F97A0D3E018BE0D64FA32C06DE4139",
        "0EC675AD498AFEEBB6960B3AABE6",
        "800F1234DECAFBADCAFEBABE4E55DC4CE79978D88CA4D215949D2402B78D6ACC99EA179B8DBB")]
    [InlineData(
        SrtpProfile.Aead128Gcm,
        "000102030405060708090A0B0C0D0E0F",
        "A0A1A2A3A4A5A6A7A8A9AAAB",
        "800F1234DECAFBADCAFEBABEC5002EDE04CFDD2EB91159E0880AA06ED2976826F796B201DF3131A127E8A392")]
    public void RTP_is_protected_as_libsrtp_does(SrtpProfile profile, string key, string salt, string expected)
    {
        using var context = new SrtpContext(profile, Hex(key), Hex(salt));
        var output = new byte[60];
        Assert.True(context.TryProtectRtp(Hex("800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB"), output, out var written));
        Assert.Equal(expected, Convert.ToHexString(output.AsSpan(0, written)));
    }

    [Theory]
    [InlineData(
        SrtpProfile.Aes128CmHmacSha1_80,
        "E1F97A0D3E018BE0D64FA32C06DE4139",
        "0EC675AD498AFEEBB6960B3AABE6",
        "81C8000BCAFEBABE7128035BE487B9BDBEF89041F977A5A880000001993E08CD54D6C1230798")]
    [InlineData(
        SrtpProfile.Aead128Gcm,
        "000102030405060708090A0B0C0D0E0F",
        "A0A1A2A3A4A5A6A7A8A9AAAB",
        "81C8000BCAFEBABEC98B8B5DF0392A55852B6C21AC8E7025C52C6FBEA2B3B446EA31123BA88CE61E80000001")]
    public void RTCP_is_protected_as_libsrtp_does(SrtpProfile profile, string key, string salt, string expected)
    {
        using var context = new SrtpContext(profile, Hex(key), Hex(salt));
        var output = new byte[60];
        Assert.True(context.TryProtectRtcp(Hex("81C8000BCAFEBABEABABABABABABABABABABABABABABABAB"), output, out var written));
        Assert.Equal(expected, Convert.ToHexString(output.AsSpan(0, written)));
    }

    private static SrtpSessionKeys Rfc7714Keys() =>
        new(SrtpProfile.Aead128Gcm, s_rfc7714Key, s_rfc7714Salt, [], s_rfc7714Key, s_rfc7714Salt, []);

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
