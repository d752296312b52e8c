namespace Classroom.Rtc.Tests;

public sealed class NetAddressTests
{
    [Fact]
    public void A_mapped_IPv4_address_equals_the_plain_one()
    {
        var plain = NetAddress.FromIPv4([192, 0, 2, 7], 5004);
        var mapped = NetAddress.FromIPv6([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 7], 5004);

        Assert.Equal(plain, mapped);
        Assert.Equal(plain.GetHashCode(), mapped.GetHashCode());
        Assert.True(mapped.IsIPv4);
        Assert.NotEqual(plain, NetAddress.FromIPv4([192, 0, 2, 7], 5005));
    }

    [Theory]
    [InlineData("192.0.2.7:5004")]
    [InlineData("[2001:db8::1]:443")]
    [InlineData("[::1]:65535")]
    public void Text_reads_back(string text)
    {
        Assert.True(NetAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.7")]
    [InlineData("192.0.2.7:70000")]
    [InlineData("2001:db8::1:443")]
    [InlineData("host:1")]
    [InlineData("[]:1")]
    [InlineData("[:1")]
    public void Other_text_is_refused(string text) => Assert.False(NetAddress.TryParse(text, out _));

    [Fact]
    public void Writes_the_bytes_it_was_made_from()
    {
        Span<byte> bytes = stackalloc byte[16];
        Assert.Equal(4, NetAddress.FromIPv4([10, 1, 2, 3], 1).WriteAddress(bytes));
        Assert.Equal([10, 1, 2, 3], bytes[..4].ToArray());
        Assert.Equal(16, NetAddress.FromIPv4([10, 1, 2, 3], 1).WriteMappedAddress(bytes));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 1, 2, 3], bytes.ToArray());
    }
}
