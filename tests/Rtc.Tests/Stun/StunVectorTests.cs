using System.Text;
using Classroom.Rtc.Stun;

namespace Classroom.Rtc.Tests.Stun;

/// <summary>The messages of RFC 5769.</summary>
public sealed class StunVectorTests
{
    private static readonly byte[] s_password = Encoding.UTF8.GetBytes("VOkJxbRl1RmTxUk/WvJxBt");

    internal static byte[] Request { get; } = Convert.FromHexString(
        "000100582112A442B7E7A701BC34D686FA87DFAE802200105354554E207465737420636C69656E74002400046E0001FF"
        + "80290008932FF9B151263B36000600096576746A3A68367659202020000800149AEAA70CBFD8CB56781EF2B5B2D3F249"
        + "C1B571A280280004E57A3BCF");

    internal static byte[] ResponseV4 { get; } = Convert.FromHexString(
        "0101003C2112A442B7E7A701BC34D686FA87DFAE8022000B7465737420766563746F7220002000080001A147E112A643"
        + "000800142B91F599FD9E90C38C7489F92AF9BA53F06BE7D780280004C07D4C96");

    internal static byte[] ResponseV6 { get; } = Convert.FromHexString(
        "010100482112A442B7E7A701BC34D686FA87DFAE8022000B7465737420766563746F7220002000140002A1470113A9FA"
        + "A5D3F179BC25F4B5BED2B9D900080014A382954E4BE67BF11784C97C8292C275BFE3ED4180280004C8FB0B4C");

    [Fact]
    public void Reads_the_sample_request()
    {
        Assert.True(StunMessage.TryParse(Request, out var message));
        Assert.True(message.IsBindingRequest);
        Assert.Equal("evtj:h6vY", Encoding.UTF8.GetString(message.Username));
        Assert.Equal(0x6E0001FFu, message.Priority);
        Assert.False(message.UseCandidate);
        Assert.True(message.TryGetAttribute(StunAttribute.IceControlled, out var tieBreaker));
        Assert.Equal("932FF9B151263B36", Convert.ToHexString(tieBreaker));
        Assert.True(message.VerifyIntegrity(s_password));
        Assert.True(message.VerifyFingerprint());
    }

    [Fact]
    public void Reads_the_address_of_the_sample_IPv4_response()
    {
        Assert.True(StunMessage.TryParse(ResponseV4, out var message));
        Assert.Equal(StunClass.Success, message.Class);
        Assert.True(message.VerifyIntegrity(s_password));
        Assert.True(message.VerifyFingerprint());
        Assert.True(message.TryGetXorMappedAddress(out var address));
        Assert.Equal("192.0.2.1:32853", address.ToString());
    }

    [Fact]
    public void Reads_the_address_of_the_sample_IPv6_response()
    {
        Assert.True(StunMessage.TryParse(ResponseV6, out var message));
        Assert.True(message.VerifyIntegrity(s_password));
        Assert.True(message.VerifyFingerprint());
        Assert.True(message.TryGetXorMappedAddress(out var address));
        Assert.Equal("[2001:db8:1234:5678:11:2233:4455:6677]:32853", address.ToString());
    }

    [Fact]
    public void Any_flipped_bit_breaks_the_integrity_or_the_fingerprint_or_the_shape()
    {
        for (var bit = 0; bit < Request.Length * 8; bit++)
        {
            var bent = Request.ToArray();
            bent[bit / 8] ^= (byte)(1 << (bit % 8));
            var intact = StunMessage.TryParse(bent, out var message) && message.VerifyFingerprint() && message.VerifyIntegrity(s_password);
            Assert.False(intact);
        }
    }

    [Fact]
    public void Any_truncation_is_refused()
    {
        for (var length = 0; length < Request.Length; length++)
        {
            Assert.False(StunMessage.TryParse(Request.AsSpan(0, length), out _));
        }
    }
}
